import { type Finding, severities } from '../finding.ts';

/** `3 errors, 1 warning in 12 files`. */
export function summary(findings: readonly Finding[], files: number): string {
  return `${findings.length === 0 ? 'no findings' : countText(findings)} in ${counted(files, 'file')}`;
}

/** `3 errors, 1 warning`. */
export function countText(findings: readonly Finding[]): string {
  return severities
    .flatMap((severity) => {
      const count = findings.filter((finding) => finding.severity === severity).length;
      return count === 0 ? [] : [severity === 'info' ? `${count} info` : counted(count, severity)];
    })
    .join(', ');
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
