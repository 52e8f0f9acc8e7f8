// The one lint rule that oxlint lacks: `new Date()` and `Date()` read the clock as surely as `Date.now()` does.
const noAmbientDate = {
  meta: { messages: { ambient: 'Time comes from the Clock (base/clock.ts): pass it in instead of reading it here.' } },
  create(context) {
    const check = (node) => {
      const isDate = node.callee.type === 'Identifier' && node.callee.name === 'Date';
      const readsClock = node.type === 'CallExpression' || node.arguments.length === 0;
      if (isDate && readsClock) context.report({ node, messageId: 'ambient' });
    };
    return { NewExpression: check, CallExpression: check };
  },
};

export default { meta: { name: 'rivulet' }, rules: { 'no-ambient-date': noAmbientDate } };
