/**
 * What a name looks like: two names with one skeleton cannot be told apart by eye. The idea of Unicode's UTS #39 with a
 * table of its own, because names are mostly ASCII and no kept-up package has the whole data: ASCII look-alikes, and the
 * Cyrillic, Greek and Armenian letters that are drawn like Latin ones. Full-width and mathematical letters fall to NFKC.
 */
export function skeleton(name: string): string {
  const plain = isAscii(name) ? name : unify(name);
  return alike.test(plain) ? plain.replace(everyAlike, (letters) => looks[letters] ?? letters) : plain;
}

const looks: Readonly<Record<string, string>> = {
  '1': 'l',
  I: 'l',
  '|': 'l',
  '0': 'o',
  O: 'o',
  rn: 'm',
  vv: 'w',
  VV: 'W',
};
const alike = /[1I|0O]|rn|vv|VV/;
const everyAlike = new RegExp(alike, 'g');

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

/** Latin letters, each with one that is drawn like it. */
const drawnAlike =
  'AА BВ CС EЕ HН IІ JЈ KК MМ OО PР SЅ TТ XХ YУ ZΖ aа cс eе iі jј oо pр sѕ xх yу hһ dԁ qԛ wԝ vѵ AΑ BΒ EΕ HΗ IΙ KΚ MΜ NΝ OΟ PΡ TΤ XΧ YΥ ZΖ vν oο iι uυ pρ kκ nη SՏ OՕ UՍ oօ qզ nո hհ gց';
const latinOf: ReadonlyMap<string, string> = new Map(
  drawnAlike.split(' ').map(([latin = '', other = '']) => [other, latin]),
);

function unify(name: string): string {
  const visible = name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return [...visible.replace(/\p{Pd}/gu, '-').replace(/\s+/gu, ' ')]
    .map((letter) => latinOf.get(letter) ?? letter)
    .join('');
}

/** A word of letters of two scripts that look alike: nobody types one on purpose. */
export function mixedWord(name: string): { readonly word: string; readonly scripts: string } | undefined {
  if (isAscii(name)) return undefined;
  for (const [word] of name.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const found = scripts.filter(([, pattern]) => pattern.test(word)).map(([script]) => script);
    if (found.length > 1) return { word, scripts: found.join(' and ') };
  }
  return undefined;
}

const scripts: readonly (readonly [string, RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Armenian', /\p{Script=Armenian}/u],
];
