import { infraToken, releaseToken } from '../../../contract/tokens.ts';
import { fullScope } from '../../../contract/vocabulary.ts';
import type { Path } from '../../diagnostics/finding.ts';
import type { Model } from '../../resolve/model.ts';
import { at } from '../../resolve/resources.ts';
import type { Table } from '../../table/table.ts';
import type { Emitted, Source } from '../emitted.ts';
import { accessLog } from './access-log.ts';
import { backendsOf } from './backends.ts';
import { modelCatalogue } from './catalogue.ts';
import { literal } from './cel.ts';
import { conditionHeaders } from './conditions.ts';
import { decisionMetadata, ruleHeader } from './decision.ts';
import { denialRoutes, notFoundRoute } from './denials.ts';
import { guardrailsInUse, rejecting, webhookBackends } from './guards.ts';
import { gatewayPolicies, serviceBackends } from './limits.ts';
import { modelsRoute, type RuleRoute, ruleRoutes } from './routes.ts';
import { scanOf } from './scan.ts';
import { finish, type GatewayObject } from './value.ts';

/** The data plane's config. Which shapes work on the running gateway, and which only look as if they did, decides here. */
export function emitGateway(model: Model, table: Table): Emitted {
  const environment = model.environment.spec;
  const ofRules = ruleRoutes(table.data, model);
  const fixed = [...denialRoutes(rejecting(table.data, model)), modelsRoute(table.data), notFoundRoute, opsRoute];
  const config: GatewayObject = {
    config: {
      logging: { format: 'json', level: logLevel },
      modelCatalog: [{ inline: modelCatalogue(model.prices.current) }],
    },
    frontendPolicies: { http: { maxBufferSize: environment.gateway.maxBodyBytes }, accessLog },
    gateways: { default: gateway(model, table), ops: { port: environment.gateway.opsPort } },
    routes: [...fixed, ...ofRules.map(({ route }) => route)],
    backends: [
      ...backendsOf(table.data, model),
      ...webhookBackends(guardrailsInUse(table.data, model)),
      ...serviceBackends(model),
    ],
    policies: gatewayPolicies(model, table.data),
  };
  // With thousands of tenants a sixth of the text would be indentation; people read the decision table.
  return { ...finish(config), indent: '', sources: sources(model, table, ofRules, fixed.length) };
}

/** Decided by the gateway itself, or credentials of the client for somebody else: none of them may reach a provider. */
const clientHeaders = [
  // Of a coded answer the gateway can read less, and a broken one would count against the provider.
  'accept-encoding',
  'api-key',
  'cookie',
  'ocp-apim-subscription-key',
  // Whose account or project a provider bills is not for a client to say.
  'openai-organization',
  'openai-project',
  'range',
  'x-amz-security-token',
  'x-api-key',
  'x-auth-token',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-goog-api-key',
  'x-goog-user-project',
  'x-retry-attempt',
];

/** The gateway would log whole answers that it cannot read. */
const logLevel = 'info,agent_llm=error';

function gateway(model: Model, table: Table): GatewayObject {
  const { access, gateway: ports } = model.environment.spec;
  return {
    port: ports.port,
    jwtAuth: {
      mode: 'strict',
      issuer: infraToken('issuer'),
      jwks: { url: infraToken('jwksUrl') },
      jwtValidationOptions: { requiredClaims: ['exp', 'iss'] },
    },
    // One object for both directions: the gateway takes only one transformations policy here.
    transformations: {
      request: {
        metadata: decisionMetadata(
          table.data,
          {
            invokeScope: fullScope(access.resourceServer, 'invoke'),
            tenantClaim: model.resources.federation?.spec.tenantClaim,
          },
          { limits: model.environment.spec.limits?.backend === 'global' },
          scanOf(table.data, model),
        ),
        // Without its query, which may hold anything and would reach the provider.
        set: {
          ':path': 'request.path',
          [ruleHeader]: 'metadata.rule',
          ...Object.fromEntries(conditionHeaders(table.data)),
        },
        remove: clientHeaders,
      },
      response: {
        set: {
          'x-gw-release': literal(releaseToken),
          'x-gw-request-id': 'metadata.requestId',
          'retry-after': retryAfter,
        },
      },
    },
  };
}

/** The gateway's own 429 says when the next request may pass; the answer of a provider keeps what it says. */
const retryAfter = [
  'coalesce(response.headers["retry-after"],',
  'response.code == 429 && !coalesce(proxy.upstreamDuration != null, false) ? response.headers["x-ratelimit-reset"] : fail("none"))',
].join(' ');

const opsRoute: GatewayObject = {
  name: 'ops-release',
  gateways: 'ops',
  matches: [{ path: { exact: '/release' } }],
  policies: { directResponse: { status: 200, body: releaseToken } },
};

function sources(model: Model, table: Table, routes: readonly RuleRoute[], offset: number): Source[] {
  const environment = model.environment;
  const source = (path: Path, ...origin: Path): Source => ({ path, origin: at(environment, ...origin) });
  const ofRoutes = routes.flatMap(({ rule }, index): Source[] => {
    const origin = table.origins.rules.get(rule);
    return origin === undefined ? [] : [{ path: ['routes', offset + index], origin }];
  });
  const ofPrices = model.prices.current.map((row): Source => {
    const path = ['config', 'modelCatalog', 0, 'inline', 'providers', row.provider, 'models', row.model];
    return { path, origin: row.origin };
  });
  return [
    source([]),
    source(['frontendPolicies', 'http', 'maxBufferSize'], 'spec', 'gateway', 'maxBodyBytes'),
    source(['gateways', 'default', 'port'], 'spec', 'gateway', 'port'),
    source(['gateways', 'ops', 'port'], 'spec', 'gateway', 'opsPort'),
    ...ofRoutes,
    ...ofPrices,
  ];
}
