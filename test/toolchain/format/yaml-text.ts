import fc from 'fast-check';

type Draw = fc.GeneratorValue;

/** YAML as people write it: any nesting, indentation, quoting and spacing, with comments and blank lines in between. */
export const yamlText: fc.Arbitrary<string> = fc.gen().map((draw) => {
  const lines = mapping(draw, 0);
  return lines.join(draw(fc.constantFrom, '\n', '\r\n')) + draw(fc.constantFrom, '', '\n', '\n\n\n');
});

function mapping(draw: Draw, depth: number): string[] {
  const keys = draw(() => fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 3 }));
  return keys.flatMap((key) => [...gap(draw), ...entry(draw, `${key}:`, depth)]);
}

function list(draw: Draw, depth: number): string[] {
  const count = draw(fc.integer, { min: 1, max: 3 });
  return Array.from({ length: count }, () => [...gap(draw), ...entry(draw, '-', depth)]).flat();
}

function entry(draw: Draw, head: string, depth: number): string[] {
  const kind = depth < 3 ? draw(fc.constantFrom, 'inline', 'inline', 'map', 'list') : 'inline';
  const behind = draw(fc.constantFrom, '', '', '', ' # behind', '  #  two  ');
  if (kind === 'inline') return [`${head}${draw(fc.constantFrom, ' ', '   ')}${inline(draw, depth)}${behind}`];
  const inside = kind === 'map' ? mapping(draw, depth + 1) : list(draw, depth + 1);
  const width = draw(fc.integer, { min: 1, max: 5 });
  return [`${head}${behind}`, ...inside.map((line) => (line === '' ? '' : `${' '.repeat(width)}${line}`))];
}

function inline(draw: Draw, depth: number): string {
  const kind = depth < 5 ? draw(fc.constantFrom, 'scalar', 'scalar', 'scalar', 'map', 'list') : 'scalar';
  if (kind === 'scalar') return draw(fc.constantFrom, ...scalars);
  const space = draw(fc.constantFrom, '', ' ');
  const items = Array.from({ length: draw(fc.integer, { min: 0, max: 3 }) }, () => inline(draw, depth + 1));
  if (kind === 'list') return `[${space}${items.join(draw(fc.constantFrom, ', ', ',  '))}${space}]`;
  return `{${space}${items.map((item, index) => `k${index}: ${item}`).join(', ')}${space}}`;
}

const scalars = [
  ...['1', '1.10', '007', '1e3', 'true', 'no', '~', 'null', '2026-01-31', 'word', 'two words', 'x'.repeat(60)],
  ...['"250.00"', "'it''s'", '"\\u200b"', '""', '"a # b"', "'a: b'", '"\\\\"', 'a#b', 'a:b'],
];

function gap(draw: Draw): string[] {
  return draw(
    fc.constantFrom,
    [],
    [],
    [],
    [''],
    ['', '', ''],
    ['# comment'],
    ['', '#comment', ''],
    ['#', '# two', '#'],
  );
}
