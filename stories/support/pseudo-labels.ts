// English stretched by half and accented: shows strings that are not from the labels, and layouts that have no room.
import { en, type Label, type Labels } from '../../src/index.ts';

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  c: 'ç',
  e: 'ë',
  i: 'ï',
  n: 'ñ',
  o: 'ö',
  s: 'š',
  u: 'ü',
  y: 'ý',
};

/** Places such as `{count}` stay as they are. */
function stretch(text: string): string {
  const accented = text.replace(/\{\w+\}|[aceinosuy]/g, (found) => accents[found] ?? found);
  return `[${accented}${' ~'.repeat(Math.ceil(text.length / 4))}]`;
}

function stretchLabel(label: Label): Label {
  if (typeof label === 'string') return stretch(label);
  const forms = Object.entries(label).map(([form, text]) => [form, stretch(text)]);
  return { ...label, ...Object.fromEntries(forms) };
}

const { locale: _english, ...texts } = en;

export const pseudo: Labels = {
  ...en,
  ...Object.fromEntries(Object.entries(texts).map(([key, label]) => [key, stretchLabel(label)])),
};
