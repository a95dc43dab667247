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

const isTextId = (node) =>
  node?.type === 'MemberExpression' &&
  node.property.type === 'Identifier' &&
  node.property.name === 'text' &&
  ((node.object.type === 'Identifier' && node.object.name === 'because') ||
    (node.object.type === 'MemberExpression' && node.object.property.name === 'because'))
const isWritten = (node) => node?.type === 'Literal' || node?.type === 'TemplateLiteral'
const ASKS = new Set(['includes', 'startsWith', 'endsWith', 'match', 'test', 'has'])

/** Words never decide: what a program reads of a reason is its `code`, never the id of its text. */
const noTextDecision = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const report = (node) =>
      context.report({ node, message: 'Decide by `because.code`, the outcome or a role, never by the id of a text.' })
    return {
      BinaryExpression(node) {
        if ((isTextId(node.left) && isWritten(node.right)) || (isTextId(node.right) && isWritten(node.left)))
          report(node)
      },
      CallExpression(node) {
        const { callee } = node
        if (callee.type !== 'MemberExpression' || !ASKS.has(callee.property.name)) return
        if (isTextId(callee.object) || node.arguments.some(isTextId)) report(node)
      },
      SwitchStatement(node) {
        if (isTextId(node.discriminant)) report(node)
      },
    }
  },
}

export default {
  meta: { name: 'project' },
  rules: { 'no-clock-date': noClockDate, 'no-markup-property': noMarkupProperty, 'no-text-decision': noTextDecision },
}
