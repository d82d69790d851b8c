import { releaseToken } from '../../../contract/tokens.ts';
import { literal } from './cel.ts';
import type { GatewayObject } from './value.ts';

/** What the ledger needs of each request. No headers, prompts or credentials: `jwt.sub` goes, the client id stays. */
export const accessLog: GatewayObject = {
  remove: ['jwt.sub'],
  add: {
    'gw.release': literal(releaseToken),
    'gw.tenant': 'metadata.tenant.id',
    'gw.cost_center': 'metadata.tenant.cc',
    'gw.client': 'metadata.client',
    'gw.user': 'jwt.username',
    'gw.model': 'metadata.model',
    'gw.rule': 'metadata.rule',
    'gw.stream': 'llm.streaming',
    'gw.provider': 'llm.provider',
    'gw.upstream_model': 'llm.requestModel',
    'gw.tokens.input': 'llm.inputTokens',
    'gw.tokens.output': 'llm.outputTokens',
    'gw.tokens.cache_read': 'llm.cachedInputTokens',
    'gw.tokens.cache_write': 'llm.cacheCreationInputTokens',
    'gw.tokens.reasoning': 'llm.reasoningTokens',
    'gw.tokens.total': 'llm.totalTokens',
    'gw.cost_usd': 'llm.cost.total',
  },
};
