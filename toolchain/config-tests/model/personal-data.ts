import { Unknown } from '../cel/failure.ts';
import { type Range, regex } from '../cel/regex.ts';
import type { Builtin } from './config-ai.ts';

/** What the gateway's builtin recognisers find, and what it puts in the place of a find. */
interface Recogniser {
  readonly name: string;
  ranges(text: string): readonly Range[];
}

const card = (start: string) => String.raw`\b${start}[- ]?(\d{3,4})[- ]?(\d{3,4})[- ]?(\d{3,5})\b`;

export const recognisers: Readonly<Record<Builtin, Recogniser>> = {
  email: patterns('EMAIL_ADDRESS', [String.raw`[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9-.]+`]),
  ssn: patterns('SSN', [
    String.raw`\b([0-9]{5})-([0-9]{4})\b`,
    String.raw`\b([0-9]{3})-([0-9]{6})\b`,
    String.raw`\b[0-9]{9}\b`,
    String.raw`\b([0-9]{3})[- .]([0-9]{2})[- .]([0-9]{4})\b`,
  ]),
  creditCard: patterns('CREDIT_CARD', [
    card(String.raw`[346]\d{3}`),
    card(String.raw`5[0-5]\d{2}`),
    String.raw`\b1\d{3}[- ]?(\d{3,4})[- ]?(\d{3,4})[- ]?(\d{4,5})\b`,
  ]),
  caSin: patterns('CA_SIN', [String.raw`\b([0-9]{3})[- ]([0-9]{3})[- ]([0-9]{3})\b`, String.raw`\b[0-9]{9}\b`]),
  phoneNumber: {
    name: 'PHONE_NUMBER',
    ranges(text) {
      // Which of the candidates are numbers is decided by the numbering plans of seven countries.
      if (!regex(String.raw`(?:^|[^0-9])[+()]?[0-9][0-9\s().\-]{6,30}`).test(text)) return [];
      throw new Unknown('whether a text holds a phone number');
    },
  },
};

function patterns(name: string, sources: readonly string[]): Recogniser {
  return { name, ranges: (text) => sources.flatMap((source) => regex(source).ranges(text)) };
}
