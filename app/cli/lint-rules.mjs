// Lint rules that no stock rule expresses. Loaded by .oxlintrc.json.

/** The engine has no clock: `Date()`, and `new Date()` without an instant, read one. */
const noClockDate = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node) => {
      const isDate = node.callee.type === 'Identifier' && node.callee.name === 'Date'
      if (isDate && (node.type === 'CallExpression' || node.arguments.length === 0)) {
        context.report({ node, message: 'The engine has no clock: the instant is an input (AppraisalContext.at).' })
      }
    }
    return { NewExpression: check, CallExpression: check }
  },
}

/** `dangerouslySetInnerHTML` that reaches React through an object and a spread; react/no-danger sees the attribute only. */
const noMarkupProperty = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      Property(node) {
        const name = node.key.type === 'Identifier' ? node.key.name : node.key.value
        if (['dangerouslySetInnerHTML', 'innerHTML', 'srcDoc'].includes(name)) {
          context.report({ node, message: 'Markup is made by React from text, never from strings.' })
        }
      },
    }
  },
}

export default {
  meta: { name: 'project' },
  rules: { 'no-clock-date': noClockDate, 'no-markup-property': noMarkupProperty },
}
