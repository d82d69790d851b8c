/**
 * Whether a host is an IP address in any spelling, or a metadata service that hands out credentials: prompts and keys go
 * to what stands here, and no name in a certificate could be checked. Private DNS zones (`*.internal`) are fine.
 */
export function pointsInward(authority: string): boolean {
  const host = authority.split(':')[0] ?? '';
  // What ends in a number is an address to every resolver: 169.254.169.254, 127.1, 0x7f.1.
  const isAddress = /(^|\.)(\d+|0x[0-9a-f]*)$/.test(host);
  return isAddress || /^(metadata|instance-data)\..*\binternal$/.test(host);
}

export const inward = {
  error: 'a host is a DNS name, neither an IP address nor a metadata service: its certificate has to carry the name',
  params: { hint: 'give the service a name in DNS' },
};

/** Whether a path has a segment that moves: `.`, `..` (also escaped) or an empty one. */
export function hasMovingSegment(path: string): boolean {
  return /\/\/|\/(\.|%2e){1,2}(\/|$)/i.test(path);
}

export const moving = 'a path has no empty segment and none of . and ..: it is sent as it stands';

export function splitUrl(url: string): { readonly authority: string; readonly path: string } {
  const [, authority = '', path = ''] = /^https:\/\/([^/]*)(.*)$/.exec(url) ?? [];
  return { authority, path };
}
