console.error('bench not built yet')
process.exitCode = 1
