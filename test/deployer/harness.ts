import type { Infra } from '../../contract/infra.ts';
import { type AwsClients, createClients } from '../../deployer/clients.ts';
import { type DeployEvent, type DeployOutcome, type DeployRequest, deploy, planDeploy } from '../../deployer/deploy.ts';
import type { SeedInput } from '../../deployer/embedded/seed.ts';
import { type EmbeddedAws, type EmbeddedOptions, startEmbeddedAws } from '../../deployer/embedded/server.ts';
import type { Plan } from '../../deployer/plan.ts';
import { day } from '../day.ts';
import { cleanUp, temporaryDirectory } from '../temporary.ts';
import { artifactsOf, environment, resourceServer, secretName, type Wish } from './artifacts.ts';

export const seedInput: SeedInput = {
  environment,
  region: 'us-east-1',
  account: '000000000000',
  resourceServer: { identifier: resourceServer, scopes: ['invoke', 'admin'] },
  secrets: [secretName],
  identityProviders: ['okta'],
};

/** A deployer in front of its own embedded AWS. */
export class World {
  readonly embedded: EmbeddedAws;
  readonly aws: AwsClients;
  readonly infra: Infra;
  readonly events: DeployEvent[] = [];
  /** Each look at the clock is a second later. */
  #time = Date.parse(`${day}T12:00:00Z`);
  #runs = 0;

  private constructor(embedded: EmbeddedAws, aws: AwsClients, infra: Infra) {
    this.embedded = embedded;
    this.aws = aws;
    this.infra = infra;
  }

  static async start(options: Partial<EmbeddedOptions> & { readonly seed?: Partial<SeedInput> } = {}): Promise<World> {
    const { seed, ...rest } = options;
    const stateDir = options.stateDir ?? temporaryDirectory();
    const embedded = await startEmbeddedAws({ throttle: false, pageSize: 3, ...rest, stateDir });
    cleanUp(() => embedded.close());
    const infra = embedded.seed({ ...seedInput, ...seed });
    const aws = await createClients({ region: 'us-east-1', endpoint: embedded.endpoint });
    cleanUp(() => aws.close());
    return new World(embedded, aws, infra);
  }

  deploy(wish: Wish, more: Partial<DeployRequest> = {}): Promise<DeployOutcome> {
    this.#runs += 1;
    return deploy({ ...this.request(wish), owner: { id: `run-${this.#runs}`, host: 'here', pid: 1 }, ...more });
  }

  request(wish: Wish): DeployRequest {
    return {
      artifacts: artifactsOf(wish),
      aws: this.aws,
      releaseBucket: this.infra.releaseBucket,
      today: day,
      owner: { id: 'run', host: 'here', pid: 1 },
      now: () => {
        this.#time += 1000;
        return new Date(this.#time);
      },
      sleep: () => Promise.resolve(),
      isAlive: () => true,
      report: (event) => this.events.push(event),
      watch: { delayMilliseconds: 0, limit: 20 },
    };
  }

  async plan(wish: Wish, on = day): Promise<Plan> {
    const outcome = await planDeploy({ ...this.request(wish), today: on });
    if (outcome.kind !== 'planned') throw new Error(JSON.stringify(outcome));
    return outcome.plan;
  }

  /** Names of the calls that `action` makes, polling left out. */
  async callsOf(action: () => Promise<unknown>): Promise<string[]> {
    const before = this.embedded.calls().length;
    await action();
    const calls = this.embedded.calls().slice(before);
    return calls.map(({ service, operation }) => `${service} ${operation}`).filter((name) => !polling.has(name));
  }

  /** The revisions of the family, whose number no interruption may raise. */
  async revisions(): Promise<number> {
    const answer = await this.aws.ecs.describeTaskDefinition({ taskDefinition: this.infra.taskFamily });
    return answer.taskDefinition?.revision ?? 0;
  }

  async object(key: string): Promise<string | null> {
    try {
      const answer = await this.aws.s3.getObject({ Bucket: this.infra.releaseBucket, Key: key });
      return (await answer.Body?.transformToString()) ?? null;
    } catch {
      return null;
    }
  }

  async json<T>(key: string): Promise<T> {
    return JSON.parse((await this.object(key)) ?? 'null') as T;
  }

  async keys(): Promise<string[]> {
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const next = token === undefined ? {} : { ContinuationToken: token };
      const page = await this.aws.s3.listObjectsV2({ Bucket: this.infra.releaseBucket, ...next });
      keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return keys;
  }

  /** Id by name; no two may have one name. */
  async appClients(): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const [id, name] of await this.pool()) {
      if (names.has(name)) throw new Error(`two clients named ${name}`);
      names.set(name, id);
    }
    return names;
  }

  /** Name by id. */
  async pool(): Promise<Map<string, string>> {
    const clients = new Map<string, string>();
    let token: string | undefined;
    do {
      const next = token === undefined ? {} : { NextToken: token };
      const page = await this.aws.cognito.listUserPoolClients({
        UserPoolId: this.infra.userPoolId,
        MaxResults: 60,
        ...next,
      });
      for (const { ClientId = '', ClientName = '' } of page.UserPoolClients ?? []) {
        clients.set(ClientId, ClientName);
      }
      token = page.NextToken;
    } while (token !== undefined);
    return clients;
  }

  async describe(id: string): Promise<Record<string, unknown>> {
    const which = { UserPoolId: this.infra.userPoolId, ClientId: id };
    return { ...(await this.aws.cognito.describeUserPoolClient(which)).UserPoolClient };
  }

  async secret(name: string): Promise<Record<string, string> | null> {
    try {
      const answer = await this.aws.secrets.getSecretValue({ SecretId: name });
      return JSON.parse(answer.SecretString ?? 'null') as Record<string, string>;
    } catch {
      return null;
    }
  }

  async service(): Promise<string | undefined> {
    const { cluster, service } = this.infra;
    return (await this.aws.ecs.describeServices({ cluster, services: [service] })).services?.[0]?.taskDefinition;
  }
}

const polling: ReadonlySet<string> = new Set([
  'ecs ListServiceDeployments',
  'ecs DescribeServiceRevisions',
  'ecs DescribeServiceDeployments',
]);
