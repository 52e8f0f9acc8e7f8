// The one policy for addresses that came with a text: which may stand in a link, and which images may be fetched.

/** Which images load: all, none but the page's own (the default), or those whose host is listed or accepted. */
export type AllowImages = boolean | readonly string[] | ((url: string) => boolean);

const safeProtocol = /^(?:https?|ircs?|mailto|xmpp)$/i;

/** The address if it is relative or of a harmless protocol, else an empty one. The same rule as react-markdown's. */
export function safeUrl(url: string): string {
  const colon = url.indexOf(':');
  // A colon after the path, the query or the fragment has begun names no protocol.
  const isRelative = colon < 0 || /[/?#]/.test(url.slice(0, colon));
  return isRelative || safeProtocol.test(url.slice(0, colon)) ? url : '';
}

/** The host that an address would be fetched from; `undefined` for the page's own. */
export function remoteHost(url: string): string | undefined {
  // Browsers drop control characters, and read a backslash as a slash.
  // oxlint-disable-next-line no-control-regex
  const plain = url.replace(/[\u0000-\u0020\u007f-\u009f]+/g, '').replaceAll('\\', '/');
  const protocol = /^([a-z][a-z0-9+.-]*):/i.exec(plain)?.[0] ?? '';
  const rest = plain.slice(protocol.length);
  if (!rest.startsWith('//')) return protocol === '' ? undefined : (/^[^/?#]*/.exec(rest)?.[0] ?? '') || protocol;
  return /^\/\/+(?:[^/?#]*@)?([^/?#:]*)/.exec(rest)?.[1]?.toLowerCase() ?? '';
}

export function mayLoadImage(url: string, allowed: AllowImages): boolean {
  const host = remoteHost(url);
  if (host === undefined || allowed === true) return true;
  if (allowed === false) return false;
  return typeof allowed === 'function' ? allowed(url) : allowed.includes(host);
}
