// Turns a label and its values into the text to show: plural form first, then the places.
import type { Label } from './labels.ts';

export type LabelValues = Readonly<Record<string, string | number>>;

const pluralRules = new Map<string, Intl.PluralRules>();
const numberFormats = new Map<string, Intl.NumberFormat>();

function pluralRulesOf(locale: string): Intl.PluralRules {
  let rules = pluralRules.get(locale);
  if (rules === undefined) pluralRules.set(locale, (rules = new Intl.PluralRules(locale)));
  return rules;
}

/** A number as the locale writes it. Formatters are costly to make, so they are kept. */
export function formatNumber(value: number, locale: string, options?: Intl.NumberFormatOptions): string {
  const key = options === undefined ? locale : `${locale} ${JSON.stringify(options)}`;
  let format = numberFormats.get(key);
  if (format === undefined) numberFormats.set(key, (format = new Intl.NumberFormat(locale, options)));
  return format.format(value);
}

/** The plural form follows `count`, else `seconds`. Numbers are written as the locale does; an unknown place stays as it is. */
export function formatLabel(label: Label, values: LabelValues = {}, locale = 'en'): string {
  const amount = values['count'] ?? values['seconds'];
  const text =
    typeof label === 'string'
      ? label
      : ((typeof amount === 'number' ? label[pluralRulesOf(locale).select(amount)] : undefined) ?? label.other);
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? formatNumber(value, locale) : value;
  });
}
