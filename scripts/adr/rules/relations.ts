import { type Adr, type Context, type Finding, field, type Rule } from '../record.ts';
import { relations as kinds, type Reference, references } from '../relation.ts';

type Kind = (typeof kinds)[number];
type Problem = Pick<Finding, 'message' | 'hint'>;

/** Supersedes and Amends, and their inverses, lead to records that say the same of this one. */
export const relations: Rule = (context) =>
  context.adrs.flatMap((adr) => kinds.flatMap((kind) => relation(adr, kind, context)));

function relation(adr: Adr, kind: Kind, { adrs, exists }: Context): Finding[] {
  const at = { file: adr.file, line: field(adr, kind.name)?.line ?? 1, rule: 'relations' };
  const found = references(adr, kind.name);
  if (found === undefined) {
    const hint = 'write none, or [NNN](NNN-short-title.md), several with commas';
    return [{ ...at, message: `${kind.name} does not have the form of a reference`, hint }];
  }
  // A reference to nothing at all is a broken link, and the rule for links says so.
  return found
    .filter((reference) => exists(reference.file))
    .flatMap((reference) => {
      const other = adrs.find((candidate) => candidate.file === reference.file);
      const problem = wrongReference(adr, kind, reference, other);
      return problem === undefined ? [] : [{ ...at, ...problem }];
    });
}

function wrongReference(adr: Adr, kind: Kind, reference: Reference, other: Adr | undefined): Problem | undefined {
  const said = `${kind.name} ${reference.number}`;
  if (other === undefined) return { message: `${said}: ${reference.file} is no record`, hint: 'link a record' };
  if (other.number !== reference.number) {
    return { message: `${said}: the link leads to ${other.file}`, hint: 'label and file carry the same number' };
  }
  if (kind.leads === 'back' ? other.file >= adr.file : other.file <= adr.file) {
    return { message: `${said}: wrong way round`, hint: 'a record supersedes or amends an earlier one' };
  }
  const answers = references(other, kind.inverse);
  if (answers === undefined || answers.some((answer) => answer.file === adr.file)) return undefined;
  const message = `${said}: ${other.file} does not say so under ${kind.inverse}`;
  return { message, hint: `add [${adr.number ?? 'NNN'}](${adr.file}) there` };
}
