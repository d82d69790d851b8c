import { type Adr, type Finding, type Rule, sectionTitles } from '../record.ts';

/** Every required section is there once, in order, with text. Further sections may stand between them. */
export const sections: Rule = ({ adrs }) =>
  adrs.flatMap((adr) => [...missing(adr), ...doubled(adr), ...disordered(adr), ...empty(adr)]);

const required: readonly string[] = sectionTitles;
const order = `the sections are ${required.join(', ')}`;

function missing(adr: Adr): Finding[] {
  const line = adr.heading?.line ?? 1;
  return required
    .filter((title) => !adr.sections.some((section) => section.title === title))
    .map((title) => ({
      file: adr.file,
      line,
      rule: 'sections',
      message: `no section ${title}`,
      hint: `add ## ${title}; ${order}`,
    }));
}

function doubled(adr: Adr): Finding[] {
  return adr.sections
    .filter((section, index) => adr.sections.findIndex((other) => other.title === section.title) < index)
    .map((section) => ({
      file: adr.file,
      line: section.line,
      rule: 'sections',
      message: `a second section ${section.title}`,
      hint: 'merge the two',
    }));
}

function disordered(adr: Adr): Finding[] {
  const present = adr.sections.filter(
    (section, index) =>
      required.includes(section.title) && adr.sections.findIndex((other) => other.title === section.title) === index,
  );
  const places = present.map((section) => required.indexOf(section.title));
  const wrong = present.find((_, index) => (places[index] ?? 0) < (places[index - 1] ?? 0));
  if (wrong === undefined) return [];
  const message = `${wrong.title} comes too late`;
  return [{ file: adr.file, line: wrong.line, rule: 'sections', message, hint: order }];
}

function empty(adr: Adr): Finding[] {
  return adr.sections
    .filter((section) => section.body.every((line) => line.text.trim() === ''))
    .map((section) => ({
      file: adr.file,
      line: section.line,
      rule: 'sections',
      message: `${section.title} is empty`,
      hint: required.includes(section.title)
        ? 'say it in a sentence, if there is no more to say'
        : 'fill it or leave it out',
    }));
}
