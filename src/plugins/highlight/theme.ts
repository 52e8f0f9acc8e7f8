// A theme for shiki that names kinds of tokens instead of colours: the colour of kind 3 is #000003, and stands for a
// class. So the colours are our tokens in a style sheet, follow the page's theme, and need no inline style.
import type { ThemeRegistrationRaw } from 'shiki/core';

const scopes = {
  comment: ['comment', 'string.quoted.docstring', 'punctuation.definition.comment'],
  keyword: [
    'keyword',
    'storage',
    'variable.language',
    'entity.name.tag',
    'punctuation.definition.template-expression',
    'support.type.property-name.css',
    'markup.heading',
    'meta.diff.header',
  ],
  string: [
    'punctuation.definition.string',
    'string',
    'markup.inline.raw',
    'markup.fenced_code',
    'constant.other.symbol',
    'markup.underline.link',
  ],
  number: ['constant', 'support.constant', 'keyword.other.unit', 'constant.character.escape'],
  function: [
    'entity.name.function',
    'support.function',
    'meta.function-call.generic',
    'entity.name.command',
    'punctuation.definition.decorator',
  ],
  type: [
    'entity.name.type',
    'entity.name.class',
    'entity.name.namespace',
    'entity.other.inherited-class',
    'support.type',
    'support.class',
  ],
  attribute: [
    'entity.other.attribute-name',
    'support.type.property-name',
    'variable.parameter',
    'meta.object-literal.key',
    'punctuation.support.type.property-name',
  ],
  inserted: ['markup.inserted', 'punctuation.definition.inserted'],
  deleted: ['markup.deleted', 'punctuation.definition.deleted'],
} as const;

const kinds = Object.keys(scopes) as (keyof typeof scopes)[];

const colorOf = (index: number): string => `#${index.toString(16).padStart(6, '0')}`;

const plain = [
  'keyword.operator',
  'punctuation',
  'meta.template.expression',
  'storage.type.function.arrow',
  'meta.brace',
];

export const theme: ThemeRegistrationRaw & { readonly name: string } = {
  name: 'rivulet',
  type: 'light',
  settings: [
    { settings: { foreground: colorOf(0), background: '#ffffff' } },
    ...kinds.map((kind, index) => ({ scope: [...scopes[kind]], settings: { foreground: colorOf(index + 1) } })),
    { scope: plain, settings: { foreground: colorOf(0) } },
  ],
};

/** The class of a token by its colour; `undefined` for plain text. */
export function classOf(color: string | undefined): string | undefined {
  const kind = kinds[Number.parseInt(color?.slice(1) ?? '', 16) - 1];
  return kind && `rv-code-${kind}`;
}
