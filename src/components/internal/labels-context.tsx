'use client';
// Which labels and which locale are in force: a component's own props, else the nearest provider's, else English.
import { createContext, useContext, useMemo, type ReactElement, type ReactNode } from 'react';
import { formatLabel, formatNumber, type LabelValues } from '../../labels/format.ts';
import type { LabelKey, Labels } from '../../labels/labels.ts';

export interface LabelsOption {
  /** Replaces some or all of the texts. Plain data, so a server component can pass it. Default: the provider's, else English. */
  readonly labels?: Partial<Labels> | undefined;
  /** BCP 47 tag for numbers, times and plural forms. Default: that of the labels. */
  readonly locale?: string | undefined;
}

interface LabelsInForce {
  readonly labels: Partial<Labels> | undefined;
  readonly locale: string;
}

const LabelsContext = /* @__PURE__ */ createContext<LabelsInForce>({ labels: undefined, locale: 'en' });

function useLabelsInForce({ labels, locale }: LabelsOption): LabelsInForce {
  const given = useContext(LabelsContext);
  return useMemo(() => {
    if (labels === undefined && locale === undefined) return given;
    return { labels: { ...given.labels, ...labels }, locale: locale ?? labels?.locale ?? given.locale };
  }, [given, labels, locale]);
}

export interface Wording<Key extends LabelKey> {
  readonly locale: string;
  readonly say: (key: Key, values?: LabelValues) => string;
  number(value: number, options?: Intl.NumberFormatOptions): string;
  percent(share: number): string;
}

/** The texts of one component: in English as it brings them, where no other labels are in force. */
export function useWording<Key extends LabelKey>(texts: Pick<Labels, Key>, own: LabelsOption = {}): Wording<Key> {
  const { labels, locale } = useLabelsInForce(own);
  return useMemo(
    () => ({
      locale,
      say: (key, values) => formatLabel(labels?.[key] ?? texts[key], values, locale),
      number: (value, options) => formatNumber(value, locale, options),
      percent: (share) => formatNumber(share, locale, { style: 'percent', maximumFractionDigits: 0 }),
    }),
    [labels, locale, texts],
  );
}

export interface LabelsProviderProps extends LabelsOption {
  readonly children?: ReactNode;
}

/** Sets labels and locale for everything inside. Optional: without it components speak English. */
export function LabelsProvider({ labels, locale, children }: LabelsProviderProps): ReactElement {
  return <LabelsContext.Provider value={useLabelsInForce({ labels, locale })}>{children}</LabelsContext.Provider>;
}
