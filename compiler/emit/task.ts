import type { Task } from '../../contract/artifacts/task.ts';
import { byCodeUnit, type Json } from '../../contract/canonical.ts';
import { infraToken, linkedToken, secretToken } from '../../contract/tokens.ts';
import { schemaVersion } from '../../contract/vocabulary.ts';
import type { Model } from '../resolve/model.ts';
import { at } from '../resolve/resources.ts';
import type { Table } from '../table/table.ts';
import type { Emitted } from './emitted.ts';
import { configDirectory, configFile, secretFileVariable, secretVariable } from './secrets.ts';

/** Where agentgateway answers `GET /healthz/ready`. */
export const readinessPort = 15_021;

/** Container of the config, which the gateway waits for. Its config reaches the task through S3: a task definition holds 64 KiB. */
const init = 'config-init';
const volume = 'config';

export function emitTask(model: Model, table: Table): Emitted {
  const { spec, name } = model.environment;
  const secrets = usedSecrets(model, table);
  const project = model.resources.project?.name ?? '';
  const labels = { 'gatewright.environment': name, 'gatewright.project': project };
  const value: Task = {
    schemaVersion,
    environment: name,
    aws: { region: spec.aws.region, account: spec.aws.account },
    gateway: { port: spec.gateway.port, opsPort: spec.gateway.opsPort },
    health: { port: readinessPort, path: '/healthz/ready' },
    volumes: [volume],
    containers: [configInit(secrets, labels), gateway(spec.gateway, secrets, labels)],
  };
  return {
    value: value as Json,
    sources: [
      { path: [], origin: at(model.environment) },
      { path: ['aws'], origin: at(model.environment, 'spec', 'aws') },
      { path: ['gateway'], origin: at(model.environment, 'spec', 'gateway') },
      { path: ['containers', 1, 'image'], origin: at(model.environment, 'spec', 'gateway', 'image') },
    ],
  };
}

type Container = Task['containers'][number];

interface UsedSecrets {
  readonly variables: readonly string[];
  readonly files: readonly string[];
}

function configInit(secrets: UsedSecrets, labels: Container['labels']): Container {
  return {
    name: init,
    image: infraToken('configInitImage'),
    essential: false,
    command: [],
    ports: [],
    labels,
    environment: {
      GATEWRIGHT_BUCKET: infraToken('releaseBucket'),
      GATEWRIGHT_CONFIG_DIGEST: linkedToken,
      GATEWRIGHT_CONFIG_KEY: `linked/${linkedToken}`,
      GATEWRIGHT_CONFIG_PATH: configFile,
    },
    secrets: Object.fromEntries(secrets.files.map((secret) => [secretFileVariable(secret), secretToken(secret)])),
    dependsOn: [],
    mounts: [{ volume, path: configDirectory, readOnly: false }],
  };
}

function gateway(
  spec: Model['environment']['spec']['gateway'],
  secrets: UsedSecrets,
  labels: Container['labels'],
): Container {
  return {
    name: 'gateway',
    image: spec.image,
    essential: true,
    command: ['-f', configFile],
    ports: [spec.port, spec.opsPort, readinessPort],
    labels,
    environment: {},
    secrets: Object.fromEntries(secrets.variables.map((secret) => [secretVariable(secret), secretToken(secret)])),
    dependsOn: [{ container: init, condition: 'SUCCESS' }],
    mounts: [{ volume, path: configDirectory, readOnly: true }],
  };
}

/** Secrets of the providers that a rule may call: no other key reaches the task. */
function usedSecrets(model: Model, table: Table): UsedSecrets {
  const targets = Object.values(table.data.rules)
    .flatMap((rule) => rule.cases)
    .flatMap((routeCase) => routeCase.branches)
    .flatMap((branch) => branch.targets);
  const variables = new Set<string>();
  const files = new Set<string>();
  for (const name of new Set(targets.map((target) => target.provider))) {
    const spec = model.resources.providers.get(name)?.spec;
    if (spec === undefined || spec.type === 'bedrock') continue;
    (spec.type === 'vertex' ? files : variables).add(spec.credentials.secret);
  }
  return { variables: [...variables].sort(byCodeUnit), files: [...files].sort(byCodeUnit) };
}
