/** A name as one part of a path. Half of a pair of surrogates, which no address can hold, becomes the replacement character. */
export const pathSegment = (name: string): string => encodeURIComponent(name.replaceAll(/[\uD800-\uDFFF]/gu, '\uFFFD'));
