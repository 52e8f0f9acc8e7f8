// The grammar of math, for micromark. Its tokens are those of code, so that the trees are too: `$x$` is code with the
// class `math-inline`, `$$x$$` code with the class `math-display`, and a block is fenced code in the language `math`.
//
//     $x^2$           Opens where neither a space follows nor a letter or digit of ASCII precedes, and only if the very
//                     next dollar closes it: no space before that one, no letter or digit after it. So `$5 and $10`
//                     is no math: a space precedes the second dollar.
//     $$ x^2 $$       In the middle of a paragraph; the next double dollar closes it.
//     $$              At the start of a line, where the line has no other dollar. Ends where `$$` ends a line, and at a
//     x^2             blank line, after which no one means math any more; then it is not closed.
//     $$
import type { Code as CodeNode, InlineCode } from 'mdast';
import type { Extension as TreeExtension } from 'mdast-util-from-markdown';
import type { Code, Construct, Effects, State, TokenizeContext } from 'micromark-util-types';
import type { Syntax } from '../../markdown/syntax.ts';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    mathFlow: 'mathFlow';
    mathText: 'mathText';
  }
}

const dollar = 36;
const backslash = 92;

const isEnd = (code: Code): boolean => code === null || code < -2;
const isSpace = (code: Code): boolean => code === -2 || code === -1 || code === 32;
const isWord = (code: Code): boolean => code !== null && code > 0 && /[a-z0-9]/i.test(String.fromCharCode(code));

const mathText: Construct = {
  name: 'mathText',
  // micromark hands every dollar over, also one that failed before or is escaped.
  previous(code) {
    return code === dollar ? this.events.at(-1)?.[1].type === 'characterEscape' : true;
  },
  tokenize(effects, ok, nok) {
    const before = this.previous;
    let size = 0;
    let last: Code = null;
    let closing = 0;

    const open: State = (code) => {
      if (code === dollar) {
        size++;
        effects.consume(code);
        return open;
      }
      const mayOpen = size === 1 ? !isSpace(code) && !isEnd(code) && !isWord(before) : size === 2;
      if (!mayOpen) return nok(code);
      effects.exit('codeTextSequence');
      return between(code);
    };

    const between: State = (code) => {
      if (code === null) return nok(code);
      if (code < -2) {
        last = code;
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        return between;
      }
      if (code === dollar) {
        closing = 0;
        effects.enter('codeTextSequence');
        return close(code);
      }
      effects.enter('codeTextData');
      return data(code);
    };

    const data: State = (code) => {
      if (code === null || code < -2 || code === dollar) {
        effects.exit('codeTextData');
        return between(code);
      }
      last = code;
      effects.consume(code);
      return code === backslash ? escaped : data;
    };

    const escaped: State = (code) => {
      if (code !== dollar && code !== backslash) return data(code);
      effects.consume(code);
      return data;
    };

    const close: State = (code) => {
      if (code === dollar) {
        closing++;
        effects.consume(code);
        return close;
      }
      const token = effects.exit('codeTextSequence');
      const closes = closing === size && (size === 2 || (!isSpace(last) && !isEnd(last) && !isWord(code)));
      if (closes) {
        effects.exit('codeText');
        effects.exit('mathText');
        return ok(code);
      }
      if (size === 1 || closing > 2) return nok(code);
      token.type = 'codeTextData';
      last = dollar;
      return between(code);
    };

    return (code) => {
      effects.enter('mathText');
      effects.enter('codeText');
      effects.enter('codeTextSequence');
      return open(code);
    };
  },
};

const mathFlow: Construct = {
  name: 'mathFlow',
  concrete: true,
  tokenize(effects, ok, nok) {
    const open = (code: Code): State | undefined => {
      effects.enter('mathFlow');
      effects.enter('codeFenced');
      return fence(effects, nok, first)(code);
    };

    // What stands behind the opening dollars belongs to it, unless more dollars do.
    const first: State = (code) => {
      if (isEnd(code)) return this.interrupt ? ok(code) : atLineEnd(code);
      return effects.check(dollarAhead, nok, this.interrupt ? ok : line)(code);
    };

    const line: State = (code) => {
      if (isEnd(code)) return atLineEnd(code);
      if (code === dollar || isSpace(code)) return effects.attempt(closingFence, done, value)(code);
      return value(code);
    };

    const value: State = (code) => {
      effects.enter('codeFlowValue');
      effects.consume(code as NonNullable<Code>);
      return more;
    };

    const more: State = (code) => {
      if (!isEnd(code) && code !== dollar && !isSpace(code)) {
        effects.consume(code as NonNullable<Code>);
        return more;
      }
      effects.exit('codeFlowValue');
      return line(code);
    };

    const atLineEnd: State = (code) => (code === null ? done(code) : effects.check(nextLine, lineEnding, done)(code));

    const lineEnding: State = (code) => {
      effects.enter('lineEnding');
      effects.consume(code as NonNullable<Code>);
      effects.exit('lineEnding');
      return line;
    };

    const done: State = (code) => {
      effects.exit('codeFenced');
      effects.exit('mathFlow');
      return ok(code);
    };

    return open;
  },
};

function spaces(effects: Effects, type: 'linePrefix' | 'whitespace', then: State): State {
  const more: State = (code) => {
    if (isSpace(code)) {
      effects.consume(code as NonNullable<Code>);
      return more;
    }
    effects.exit(type);
    return then(code);
  };
  return (code) => {
    effects.enter(type);
    return more(code);
  };
}

/** Exactly two dollars, and spaces after them. */
function fence(effects: Effects, nok: State, then: State): State {
  let size = 0;
  const sequence: State = (code) => {
    if (code === dollar) {
      size++;
      effects.consume(code);
      return sequence;
    }
    if (size !== 2) return nok(code);
    effects.exit('codeFencedFenceSequence');
    return isSpace(code) ? spaces(effects, 'whitespace', end)(code) : end(code);
  };
  const end: State = (code) => {
    effects.exit('codeFencedFence');
    return then(code);
  };
  return (code) => {
    effects.enter('codeFencedFence');
    effects.enter('codeFencedFenceSequence');
    return sequence(code);
  };
}

const closingFence: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    const sequence = fence(effects, nok, (code) => (isEnd(code) ? ok(code) : nok(code)));
    return (code) => (isSpace(code) ? spaces(effects, 'linePrefix', sequence)(code) : sequence(code));
  },
};

const dollarAhead: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    const scan: State = (code) => {
      if (code === dollar) return ok(code);
      if (isEnd(code)) return nok(code);
      effects.consume(code as NonNullable<Code>);
      return scan;
    };
    return (code) => {
      effects.enter('codeFlowValue');
      return scan(code);
    };
  },
};

/** A line that goes on: of the same container, and not blank. */
const nextLine: Construct = {
  partial: true,
  tokenize(this: TokenizeContext, effects, ok, nok) {
    const text: State = (code) => (isEnd(code) || this.parser.lazy[this.now().line] ? nok(code) : ok(code));
    const start: State = (code) => (isSpace(code) ? spaces(effects, 'linePrefix', text)(code) : text(code));
    return (code) => {
      effects.enter('lineEnding');
      effects.consume(code as NonNullable<Code>);
      effects.exit('lineEnding');
      return start;
    };
  },
};

const tree: TreeExtension = {
  exit: {
    mathFlow() {
      lastOf<CodeNode>(this.stack).lang = 'math';
    },
    mathText(token) {
      const node = lastOf<InlineCode>(this.stack);
      node.data = { ...node.data, hProperties: { className: classNames(this.sliceSerialize(token)) } };
    },
  },
};

const classNames = (source: string): string[] => [
  'language-math',
  source.startsWith('$$') ? 'math-display' : 'math-inline',
];

const lastOf = <Node>(stack: readonly object[]): Node =>
  (stack.at(-1) as { readonly children: readonly Node[] }).children.at(-1) as Node;

export const mathSyntax: Syntax = {
  micromark: { text: { [dollar]: mathText }, flow: { [dollar]: mathFlow } },
  tree,
  delimiter: '$',
  unfinished: (delimiter, content) => ({
    type: 'inlineCode',
    value: content,
    data: { hProperties: { className: [...classNames(delimiter), 'math-open'] } },
  }),
};
