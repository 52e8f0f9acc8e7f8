/** An address against the page's; `undefined` where it is none. `URL.canParse` is younger than the browsers we promise. */
export function parseUrl(address: string, base: string): URL | undefined {
  try {
    return new URL(address, base);
  } catch {
    return undefined;
  }
}
