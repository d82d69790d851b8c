/** What the parser makes of a folder of decision records. Lines are 1-based. */

export type Line = { readonly number: number; readonly text: string };

/** Where a link leads, and the line on which it says so. */
export type Link = { readonly target: string; readonly line: number };

/** One `- Name: value` of the header. */
export type Field = { readonly name: string; readonly value: string; readonly line: number };

/** A `## Title` and what follows it, up to the next one. */
export type Section = { readonly title: string; readonly line: number; readonly body: readonly Line[] };

/** The first heading, `# NNN. Title`; `number` is undefined where it does not have that form. */
export type Heading = { readonly number: string | undefined; readonly title: string; readonly line: number };

export type Adr = {
  readonly file: string;
  /** The three digits that the file name begins with; undefined where the name does not have its form. */
  readonly number: string | undefined;
  readonly heading: Heading | undefined;
  readonly fields: readonly Field[];
  /** Text between the heading and the first section that is no field. */
  readonly stray: readonly Line[];
  readonly sections: readonly Section[];
  readonly links: readonly Link[];
};

export type Finding = {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
  readonly hint: string;
};

/** What a rule sees. The shell brings the date and looks at the disk; rules do neither. */
export type Context = {
  readonly adrs: readonly Adr[];
  /** What else stands in the folder, beside index and template. */
  readonly strays: readonly string[];
  /** An ISO date; no record may be dated after it. */
  readonly today: string;
  /** Whether a path, relative to the folder of the records, leads to something. */
  readonly exists: (path: string) => boolean;
};

export type Rule = (context: Context) => readonly Finding[];

export const fieldNames = ['Status', 'Date', 'Supersedes', 'Superseded by', 'Amends', 'Amended by'] as const;
export type FieldName = (typeof fieldNames)[number];

export const statusWords = ['proposed', 'accepted', 'superseded', 'rejected', 'deprecated'] as const;

export const sectionTitles = ['Summary', 'Context', 'Decision', 'Alternatives', 'Rationale', 'Consequences'] as const;
export type SectionTitle = (typeof sectionTitles)[number];

export function field(adr: Adr, name: FieldName): Field | undefined {
  return adr.fields.find((candidate) => candidate.name === name);
}

export function section(adr: Adr, title: SectionTitle): Section | undefined {
  return adr.sections.find((candidate) => candidate.title === title);
}
