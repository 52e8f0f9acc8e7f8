// Reads a JSON text while it arrives: after each piece, what can be read of it so far. Linear in the text's length,
// however small the pieces are and however often the value is asked for.

export interface PartialJson {
  /** The characters that were pushed. */
  readonly length: number;
  /** Steps taken so far: characters looked at, and members copied to make a value. Linear in `length`. */
  readonly work: number;
  push(text: string): void;
  /**
   * What can be read so far; `undefined` before anything can. A string or number that is still open shows as far as it
   * came; a name without a value and a half `true` do not show. After a syntax error it stays what it was before it.
   *
   * Values are never changed once handed out: closed lists and objects are shared from one value to the next, open ones
   * are copied. Where the open ones hold many members, the copy is made again only when a fitting number of characters
   * has arrived, so a long list may be behind by an eighth of its members; `end` catches up.
   */
  read(): unknown;
  /** The value with nothing held back. */
  end(): unknown;
}

type Container = unknown[] | Record<string, unknown>;

interface Level {
  readonly value: Container;
  /** The name whose value comes next, in an object. */
  key: string | undefined;
  members: number;
}

/** What may come next. `after`: a comma or the end of the container. */
type Want = 'value' | 'first' | 'name' | 'first-name' | 'colon' | 'after' | 'nothing';

/** A member that is copied costs as much as this many characters that are looked at. */
const copyShare = 8;

export function createPartialJson(): PartialJson {
  const levels: Level[] = [];
  let root: unknown;
  let want: Want = 'value';
  let broken = false;
  /** The scalar that is open: a string's decoded text, or a number's or word's characters. */
  let open: { readonly kind: 'string' | 'name' | 'word'; text: string; escape: string } | undefined;
  let length = 0;
  let work = 0;
  let shown: unknown;
  let shownAt = -1;
  let shownCost = 0;

  function put(value: unknown): void {
    const level = levels.at(-1);
    if (level === undefined) {
      root = value;
      want = 'nothing';
      return;
    }
    set(level, value);
    level.members += 1;
    want = 'after';
  }

  function enter(value: Container): void {
    levels.push({ value, key: undefined, members: 0 });
    want = Array.isArray(value) ? 'first' : 'first-name';
  }

  function leave(): void {
    const closed = levels.pop();
    if (closed !== undefined) put(closed.value);
  }

  function structure(char: string): void {
    const level = levels.at(-1);
    const wantsValue = want === 'value' || want === 'first';
    if (char === '"' && (wantsValue || want === 'name' || want === 'first-name')) {
      open = { kind: wantsValue ? 'string' : 'name', text: '', escape: '' };
    } else if (char === '{' && wantsValue) enter({});
    else if (char === '[' && wantsValue) enter([]);
    else if (char === '}' && (want === 'first-name' || want === 'after') && !Array.isArray(level?.value)) leave();
    else if (char === ']' && (want === 'first' || want === 'after') && Array.isArray(level?.value)) leave();
    else if (char === ',' && want === 'after') want = Array.isArray(level?.value) ? 'value' : 'name';
    else if (char === ':' && want === 'colon') want = 'value';
    else if (wantsValue && /[-\dtfn]/.test(char)) open = { kind: 'word', text: char, escape: '' };
    else broken = true;
  }

  /** Takes the characters of an open string from `at`; returns where it stopped. */
  function string(text: string, at: number, into: NonNullable<typeof open>): number {
    if (into.escape !== '') {
      into.escape += text[at];
      const done = unescape(into.escape);
      if (done === null) broken = true;
      else if (done !== undefined) {
        into.text += done;
        into.escape = '';
      }
      return at + 1;
    }
    let end = at;
    while (text.charCodeAt(end) >= 0x20 && text[end] !== '"' && text[end] !== '\\') end += 1;
    into.text += text.slice(at, end);
    if (end === text.length) return end;
    if (text[end] === '\\') into.escape = '\\';
    else if (text[end] !== '"') broken = true;
    else {
      open = undefined;
      if (into.kind === 'string') put(into.text);
      else {
        const level = levels.at(-1);
        if (level !== undefined) level.key = into.text;
        want = 'colon';
      }
    }
    return end + 1;
  }

  function word(into: NonNullable<typeof open>): void {
    open = undefined;
    const value = wordValue(into.text);
    if (value === undefined) broken = true;
    else put(value);
  }

  /** A copy of what is open, around what is closed. */
  function copy(): unknown {
    let inner: unknown =
      open?.kind === 'string' ? open.text : open?.kind === 'word' ? numberSoFar(open.text) : undefined;
    shownCost = 0;
    for (let depth = levels.length - 1; depth >= 0; depth -= 1) {
      const { value, key, members } = levels[depth] as Level;
      const made: Level = { value: Array.isArray(value) ? value.slice() : { ...value }, key, members };
      if (inner !== undefined) set(made, inner);
      inner = made.value;
      shownCost += members + 1;
    }
    work += shownCost;
    shownAt = length;
    shown = want === 'nothing' ? root : inner;
    return shown;
  }

  return {
    get length() {
      return length;
    },
    get work() {
      return work;
    },
    push(text) {
      length += text.length;
      if (broken) return;
      // What stands before a fault stays readable, whatever the fault leaves half done.
      for (let at = 0; at < text.length && !broken;) {
        const before = at;
        if (open === undefined) {
          const char = text[at] as string;
          if (!/\s/.test(char)) structure(char);
          at += 1;
        } else if (open.kind !== 'word') {
          at = string(text, at, open);
        } else if (/[-+.\w]/.test(text[at] as string)) {
          open.text += text[at];
          at += 1;
        } else {
          word(open);
        }
        work += at - before;
      }
    },
    read() {
      if (shownAt === length) return shown;
      return shownAt >= 0 && (length - shownAt) * copyShare < shownCost ? shown : copy();
    },
    end() {
      if (open?.kind === 'word' && !broken) word(open);
      return copy();
    },
  };
}

/** Like the reading of a whole text: `__proto__` is a name as any other. */
function set({ value, key }: Level, member: unknown): void {
  if (Array.isArray(value)) value.push(member);
  else if (key === '__proto__') {
    Object.defineProperty(value, key, { value: member, writable: true, enumerable: true, configurable: true });
  } else if (key !== undefined) value[key] = member;
}

/** `undefined`: not whole yet. `null`: not an escape. */
function unescape(text: string): string | undefined | null {
  if (/^\\(["\\/bfnrt]|u[\da-fA-F]{4})$/.test(text)) return JSON.parse(`"${text}"`) as string;
  return /^\\u[\da-fA-F]*$/.test(text) ? undefined : null;
}

const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

function wordValue(text: string): unknown {
  return /^(true|false|null)$/.test(text) ? JSON.parse(text) : numberSoFar(text);
}

function numberSoFar(text: string): number | undefined {
  return number.test(text) ? Number(text) : undefined;
}
