import type { Gap, GapKind } from '../../contract/artifacts/enforcement.ts';
import { maskLimits } from './patterns.ts';
import type { Resource } from './resources.ts';

type Spec = Resource<'Guardrail'>['spec'];

/** What a guardrail has to work with: the parts of its definition that the gateway turns into guards. */
interface Parts {
  readonly spec: Spec;
  readonly enforces: boolean;
  readonly request: boolean;
  readonly response: boolean;
  /** Patterns that are guards; those in detect mode are only read and logged. */
  readonly masks: boolean;
  readonly rejects: boolean;
  readonly bedrockMasks: boolean;
  readonly bedrock: boolean;
  readonly webhook: boolean;
  /** Answers that are streamed are read. */
  readonly streams: boolean;
}

/** What a guardrail does not see or do. Closed: each kind has one condition and one sentence. */
export function guardrailGaps(spec: Spec): Gap[] {
  const parts = partsOf(spec);
  return statements.flatMap(([gap, statementOf]) => {
    const statement = statementOf(parts);
    return statement === undefined ? [] : [{ gap, statement }];
  });
}

function partsOf(spec: Spec): Parts {
  const enforces = spec.mode === 'enforce';
  const response = spec.phases.includes('response');
  return {
    spec,
    enforces,
    request: spec.phases.includes('request'),
    response,
    masks: enforces && spec.patterns.some(({ action }) => action === 'mask'),
    rejects: enforces && spec.patterns.some(({ action }) => action === 'reject'),
    bedrockMasks: enforces && (spec.bedrock?.pii ?? []).some(({ action }) => action === 'mask'),
    bedrock: spec.bedrock !== undefined,
    webhook: spec.webhook !== undefined,
    streams: enforces && response && spec.streaming === 'guard',
  };
}

const statements: readonly (readonly [GapKind, (parts: Parts) => string | undefined])[] = [
  ['detect-only', detectOnly],
  ['text-only', textOnly],
  ['unread-surfaces', unreadSurfaces],
  ['mask-limit', maskLimit],
  ['rebuilt-messages', rebuiltMessages],
  ['unread-streams', unreadStreams],
  ['stream-windows', streamWindows],
  ['stream-masks', streamMasks],
  ['rejected-usage', rejectedUsage],
  ['bedrock-outage', bedrockOutage],
  ['webhook-outage', webhookOutage],
];

function detectOnly({ enforces, spec }: Parts): string | undefined {
  if (enforces) return undefined;
  const patterns = spec.patterns.length === 0 ? '' : '; its patterns are read in requests only, never in answers';
  return `detects only: nothing is masked or refused${patterns}`;
}

/** Patterns in detect mode read the whole body as text, whatever stands in it. */
function textOnly({ request, masks, rejects, bedrock, webhook }: Parts): string | undefined {
  const whole =
    rejects && request ? ['patterns that reject read the whole request, but no text that is split over parts'] : [];
  const readers = [
    ...(masks ? ['masks'] : []),
    ...(rejects && !request ? ['patterns'] : []),
    ...(bedrock ? ['Bedrock'] : []),
    ...(webhook ? ['the webhook'] : []),
  ];
  const plural = readers.length > 1 || readers[0]?.endsWith('s') === true;
  const rest =
    'texts of messages only: no tools, tool calls, tool results, images or files, and no text that is split over parts';
  const others = readers.length === 0 ? [] : [`${listed(readers)} ${plural ? 'read' : 'reads'} ${rest}`];
  return whole.length + others.length === 0 ? undefined : [...whole, ...others].join('; ');
}

function unreadSurfaces({ spec, request, masks, rejects, bedrock, webhook }: Parts): string | undefined {
  const blind = [...(masks ? ['masks'] : []), ...(bedrock ? ['Bedrock'] : []), ...(webhook ? ['the webhook'] : [])];
  if (!request || blind.length === 0) return undefined;
  // No regex says what a phone number is to the gateway: only its guards find them.
  const phones = spec.patterns.some(({ builtin, action }) => builtin === 'phoneNumber' && action === 'reject');
  const seeing = rejects ? `; patterns that reject do${phones ? ', but for phone numbers' : ''}` : '';
  return `${listed(blind)} ${masks || blind.length > 1 ? 'do' : 'does'} not see embeddings and token counts${seeing}`;
}

/** The gateway masks in place, in quadratic time. */
function maskLimit({ request, response, masks }: Parts): string | undefined {
  if (!masks) return undefined;
  const { bytes, matches } = maskLimits;
  const limit = `a request over ${bytes / 1024} KiB with more than ${matches} texts to mask gets 413`;
  const slow = 'an answer with very many of them keeps the gateway busy';
  return [...(request ? [limit] : []), ...(response ? [slow] : [])].join('; ');
}

function rebuiltMessages({ bedrockMasks, webhook }: Parts): string | undefined {
  const makers = [...(bedrockMasks ? ['Bedrock'] : []), ...(webhook ? ['the webhook'] : [])];
  if (makers.length === 0) return undefined;
  return `a mask by ${makers.join(' or ')} rebuilds all messages as plain text: tool calls, images and cache marks go`;
}

/** The gateway has one switch for all guards of a rule. */
function unreadStreams({ response, streams, masks, rejects, bedrock, webhook }: Parts): string | undefined {
  if (!response || streams || !(masks || rejects || bedrock || webhook)) return undefined;
  return 'streamed answers are not read, except beside another guardrail that has them read';
}

function streamWindows({ streams }: Parts): string | undefined {
  if (!streams) return undefined;
  return 'streams are read in windows of 1024 bytes: what stood before a match is sent, one over 256 bytes can be missed';
}

function streamMasks({ streams, masks, bedrockMasks, webhook }: Parts): string | undefined {
  if (!streams || !(masks || bedrockMasks || webhook)) return undefined;
  return 'on streamed answers masks do nothing: the text passes as it is';
}

function rejectedUsage({ enforces, response, rejects, bedrock, webhook }: Parts): string | undefined {
  if (!enforces || !response || !(rejects || bedrock || webhook)) return undefined;
  return 'an answer that is rejected reports no tokens: its cost is booked to nobody';
}

/** Bedrock in detect mode is asked as well, only to block nothing. */
function bedrockOutage({ bedrock, request, response, streams }: Parts): string | undefined {
  if (!bedrock) return undefined;
  const refused = [...(request ? ['requests'] : []), ...(response ? ['whole answers'] : [])].join(' and ');
  return `while Bedrock cannot be asked, ${refused} get 503${streams ? '; streamed answers pass unread' : ''}`;
}

function webhookOutage({ spec: { webhook }, request, response, streams }: Parts): string | undefined {
  if (webhook === undefined) return undefined;
  const what = [...(request ? ['requests'] : []), ...(response ? ['answers'] : [])].join(' and ');
  const cut = streams ? ', streams are cut' : '';
  const outcome = webhook.onFailure === 'allow' ? 'pass unread' : `get 503${cut}`;
  return `while the webhook fails or takes over ${webhook.timeout}, ${what} ${outcome}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
