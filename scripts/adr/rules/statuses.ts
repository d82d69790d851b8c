import { field, type Rule, statusWords } from '../record.ts';
import { references } from '../relation.ts';

const known: readonly string[] = statusWords;

/** The status is a known word, and it is `superseded` exactly where a later record says so. */
export const statuses: Rule = ({ adrs }) =>
  adrs.flatMap((adr) => {
    const status = field(adr, 'Status');
    if (status === undefined) return [];
    const at = { file: adr.file, line: status.line, rule: 'statuses' };
    if (!known.includes(status.value)) {
      return [{ ...at, message: `no such status as "${status.value}"`, hint: `one of ${known.join(', ')}` }];
    }
    const successors = references(adr, 'Superseded by');
    if (successors === undefined) return [];
    if (status.value === 'superseded' && successors.length === 0) {
      return [{ ...at, message: 'superseded, but by nothing', hint: 'name the later record under Superseded by' }];
    }
    if (status.value !== 'superseded' && successors.length > 0) {
      const message = `${status.value}, although ${successors.map((one) => one.number).join(', ')} supersedes it`;
      return [{ ...at, message, hint: 'write superseded' }];
    }
    return [];
  });
