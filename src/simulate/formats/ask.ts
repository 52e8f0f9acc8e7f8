// Reads what requests of foreign formats ask: JSON of any shape, of which only the newest question matters.
export type Fields = Readonly<Record<string, unknown>>;

/** `undefined`: not an object. */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

export function textField(fields: Fields | undefined, name: string): string | undefined {
  const value = fields?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** The objects of a list; none where it is no list. */
export function objectsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? (value as unknown[]).map(fieldsOf).filter((entry) => entry !== undefined) : [];
}

/** A text, or the texts of a list of parts. */
export function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  const texts = objectsOf(content).flatMap((part) => textField(part, 'text') ?? []);
  return texts.length > 0 ? texts.join('\n') : undefined;
}
