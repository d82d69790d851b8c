import type { Rule } from '../record.ts';

/** Every link to a file leads to something. Addresses on the web are not looked up. */
export const links: Rule = ({ adrs, exists }) =>
  adrs.flatMap((adr) =>
    adr.links
      .filter((link) => !/^(?:[a-z][a-z0-9+.-]*:|#)/.test(link.target) && !exists(link.target.replace(/#.*$/, '')))
      .map((link) => ({
        file: adr.file,
        line: link.line,
        rule: 'links',
        message: `there is no ${link.target}`,
        hint: 'paths are relative to the record',
      })),
  );
