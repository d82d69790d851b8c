import { hostname } from 'node:os';
import { createClients } from '../../deployer/clients.ts';
import { deploy } from '../../deployer/deploy.ts';
import { day } from '../day.ts';
import { artifactsOf, type Wish } from './artifacts.ts';

/** One deploy in a process of its own, for a test that kills it. Loaded ahead; begins when it is told. */

export interface Start {
  readonly endpoint: string;
  readonly releaseBucket: string;
  readonly wish: Wish;
}

// Loads the SDK while there is nothing to do yet.
(await createClients({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9' })).close();

process.once('message', (message) => {
  void run(message as Start).then((kind) => process.send?.(kind, () => process.disconnect()));
});
process.send?.('ready');

async function run({ endpoint, releaseBucket, wish }: Start): Promise<string> {
  const aws = await createClients({ region: 'us-east-1', endpoint });
  const outcome = await deploy({
    artifacts: artifactsOf(wish),
    aws,
    releaseBucket,
    today: day,
    owner: { id: `child-${process.pid}`, host: hostname(), pid: process.pid },
    now: () => new Date(),
    sleep: () => Promise.resolve(),
    isAlive: () => true,
    report: () => undefined,
    watch: { delayMilliseconds: 0, limit: 20 },
  });
  aws.close();
  return outcome.kind;
}
