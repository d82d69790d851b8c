/** The host of `https://host:443/path?query`, `host:443` or `host.`, without the final dot. */
export function hostOf(address: string): string {
  return (/^(?:https:\/\/)?([^/:?]*)/.exec(address)?.[1] ?? '').replace(/\.$/, '');
}
