// The one policy for addresses that came with a text or from a server: which may stand in a link, and which images may
// be fetched.

/**
 * Which images load: all, none but the page's own (the default), or those whose host is listed. With `'click'` the others
 * load when the reader asks for them. A function decides for each address of another host.
 */
export type AllowImages = boolean | 'click' | readonly string[] | ((url: string) => boolean | 'click');

const safeProtocol = /^(?:https?|ircs?|mailto|xmpp)$/i;

/** The address if it is relative or of a harmless protocol, else an empty one. The same rule as react-markdown's. */
export function safeUrl(url: string): string {
  const colon = url.indexOf(':');
  // A colon after the path, the query or the fragment has begun names no protocol.
  const isRelative = colon < 0 || /[/?#]/.test(url.slice(0, colon));
  return isRelative || safeProtocol.test(url.slice(0, colon)) ? url : '';
}

/** The same for an address that may be missing: `undefined` where there is none to follow. */
export function safeHref(url: string | undefined): string | undefined {
  return (url && safeUrl(url)) || undefined;
}

/** What a reader recognises a site by: its host without `www.`. */
export function hostOf(url: string | undefined): string | undefined {
  return (/^https?:/i.test(url ?? '') && remoteHost(url ?? '')?.replace(/^www\./, '')) || undefined;
}

/** The host that an address would be fetched from; `undefined` for the page's own. */
export function remoteHost(url: string): string | undefined {
  // Browsers drop control characters, and read a backslash as a slash.
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  const plain = url.replace(/[\u0000-\u0020\u007f-\u009f]+/g, '').replaceAll('\\', '/');
  const protocol = /^([a-z][a-z0-9+.-]*):/i.exec(plain)?.[0] ?? '';
  const rest = plain.slice(protocol.length);
  if (!rest.startsWith('//')) return protocol === '' ? undefined : (/^[^/?#]*/.exec(rest)?.[0] ?? '') || protocol;
  return /^\/\/+(?:[^/?#]*@)?([^/?#:]*)/.exec(rest)?.[1]?.toLowerCase() ?? '';
}

/** Whether an image may be fetched: at once, on a click, or not at all. */
export function mayLoadImage(url: string, allowed: AllowImages): boolean | 'click' {
  const host = remoteHost(url);
  if (host === undefined) return true;
  if (typeof allowed === 'function') return allowed(url);
  return typeof allowed === 'object' ? allowed.includes(host) : allowed;
}
