export const anchors = []
