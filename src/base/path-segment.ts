/** A name as one part of a path. Half of a pair of surrogates, which no address can hold, is left out. */
export const pathSegment = (name: string): string => encodeURIComponent(name.replaceAll(/\p{Cs}/gu, ''));
