import type { Field } from '../field.ts';

const strengths = ['none', 'low', 'medium', 'high'];
// More is a stricter guardrail, less a looser one.
const filter = { order: strengths, risk: { raised: 'safe', otherwise: 'dangerous' } } as const;

/** What matches less, acts less or looks at less is dangerous; what does more is safe, unless it can hit new requests. */
export const guardrailFields: readonly Field[] = [
  { path: '', label: 'guardrail', risk: { set: 'safe', otherwise: 'dangerous' }, brief: ['spec.mode', 'spec.phases'] },
  // enforce begins to refuse requests that were only logged.
  { path: 'spec.mode', label: 'mode', risk: { words: { detect: 'dangerous' }, otherwise: 'caution' } },
  { path: 'spec.phases', label: 'phases', risk: { lost: 'dangerous', gained: 'caution', otherwise: 'safe' } },
  { path: 'spec.streaming', label: 'streaming', risk: { words: { pass: 'dangerous' }, otherwise: 'caution' } },
  {
    path: 'spec.patterns.*',
    label: 'pattern {0}',
    risk: { set: 'caution', otherwise: 'dangerous' },
    brief: ['regex', 'builtin', 'action'],
  },
  // Whether a regex became wider or narrower cannot be read off it.
  { path: 'spec.patterns.*.regex', label: 'regex of pattern {0}', risk: 'dangerous' },
  { path: 'spec.patterns.*.builtin', label: 'builtin of pattern {0}', risk: 'dangerous' },
  // mask lets the request through.
  {
    path: 'spec.patterns.*.action',
    label: 'action of pattern {0}',
    risk: { words: { mask: 'dangerous' }, otherwise: 'caution' },
  },
  { path: 'spec.patternsOrder', label: 'patterns', risk: 'caution', sequence: true },
  { path: 'spec.bedrock', label: 'Bedrock guardrail', risk: { set: 'caution', otherwise: 'dangerous' } },
  {
    path: 'spec.bedrock.contentFilters.*',
    label: 'content filter {0}',
    risk: { set: 'safe', otherwise: 'dangerous' },
    brief: ['input', 'output'],
  },
  { path: 'spec.bedrock.contentFilters.*.input', label: 'content filter {0} of inputs', ...filter },
  { path: 'spec.bedrock.contentFilters.*.output', label: 'content filter {0} of outputs', ...filter },
  {
    path: 'spec.bedrock.pii.*',
    label: 'PII entity {0}',
    risk: { set: 'caution', otherwise: 'dangerous' },
    brief: ['action'],
  },
  {
    path: 'spec.bedrock.pii.*.action',
    label: 'action on PII entity {0}',
    risk: { words: { mask: 'dangerous' }, otherwise: 'caution' },
  },
  {
    path: 'spec.bedrock.deniedTopics.*',
    label: 'denied topic {0}',
    risk: { set: 'caution', otherwise: 'dangerous' },
    brief: ['definition'],
  },
  { path: 'spec.bedrock.deniedTopics.*.definition', label: 'definition of denied topic {0}', risk: 'dangerous' },
  {
    path: 'spec.bedrock.deniedTopics.*.examples',
    label: 'examples of denied topic {0}',
    risk: { lost: 'dangerous', gained: 'caution', otherwise: 'safe' },
  },
  {
    path: 'spec.bedrock.words.profanity',
    label: 'profanity filter',
    risk: { words: { false: 'dangerous' }, otherwise: 'caution' },
  },
  {
    path: 'spec.bedrock.words.list',
    label: 'refused words',
    risk: { lost: 'dangerous', gained: 'caution', otherwise: 'safe' },
  },
  // A webhook sees every request: a new one, or a new place for it, is a new reader of the data.
  { path: 'spec.webhook', label: 'webhook', risk: 'dangerous', brief: ['backend', 'onFailure'] },
  { path: 'spec.webhook.backend', label: 'webhook', risk: 'dangerous' },
  { path: 'spec.webhook.timeout', label: 'timeout of the webhook', order: 'duration', risk: 'caution' },
  {
    path: 'spec.webhook.onFailure',
    label: 'answer when the webhook fails',
    risk: { words: { allow: 'dangerous' }, otherwise: 'caution' },
  },
  { path: 'spec.rejection.status', label: 'status of a rejection', risk: 'caution' },
  { path: 'spec.rejection.message', label: 'message of a rejection', risk: 'safe' },
  // Run by a check: fewer of them prove less, but nothing at run time changes.
  { path: 'spec.examples.blocked', label: 'examples to block', risk: { lost: 'caution', otherwise: 'safe' } },
  { path: 'spec.examples.allowed', label: 'examples to allow', risk: { lost: 'caution', otherwise: 'safe' } },
];
