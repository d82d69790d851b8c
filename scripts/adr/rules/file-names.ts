import type { Adr, Finding, Rule } from '../record.ts';

/** Each file is named `NNN-short-title.md`, and the numbers run from 001 without gaps or doubles. */
export const fileNames: Rule = ({ adrs, strays }) => [
  ...strays.map(misnamed),
  ...adrs.filter((adr) => adr.number === undefined).map((adr) => misnamed(adr.file)),
  ...misnumbered(adrs.filter((adr) => adr.number !== undefined)),
];

function misnamed(file: string): Finding {
  return {
    file,
    line: 1,
    rule: 'file-names',
    message: 'the file name does not have the form NNN-short-title.md',
    hint: 'three digits, then lower-case words with single hyphens; only README.md and template.md stand beside records',
  };
}

function misnumbered(adrs: readonly Adr[]): Finding[] {
  const findings: Finding[] = [];
  let last = 0;
  let owner = '';
  for (const adr of adrs.toSorted((a, b) => Number(a.number) - Number(b.number))) {
    const at = { file: adr.file, line: 1, rule: 'file-names' };
    const number = Number(adr.number);
    if (number === last) {
      findings.push({
        ...at,
        message: `${adr.number} is the number of ${owner} too`,
        hint: 'take the next free number',
      });
    } else if (number !== last + 1) {
      const missing = String(last + 1).padStart(3, '0');
      findings.push({
        ...at,
        message: `${missing} is missing before ${adr.number}`,
        hint: 'number from 001 without gaps',
      });
    }
    last = number;
    owner = adr.file;
  }
  return findings;
}
