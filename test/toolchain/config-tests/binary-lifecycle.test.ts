import { fork } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { binaryEngine } from '../../../toolchain/config-tests/binary/engine.ts';
import { freePorts } from '../../../toolchain/config-tests/binary/free-ports.ts';
import { startGateway } from '../../../toolchain/config-tests/binary/gateway.ts';
import { quietWorld } from '../../../toolchain/config-tests/engine.ts';
import { temporaryDirectory } from '../../temporary.ts';
import { clients, config, invokeScope } from './binary-config.ts';
import { binary, chat, request, directory as tenants } from './binary-world.ts';

const options = { executable: binary.executable, clients, invokeScope, directory: tenants };

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Stands in for a gateway that is ready, and then does what real ones do only by a defect. */
async function defective(reaction: string) {
  const [port = 0, readiness = 0] = await freePorts(2);
  const executable = join(temporaryDirectory(), 'gateway');
  const server = `require('node:http').createServer((_, answer) => answer.end()).listen(${readiness}, '127.0.0.1')`;
  writeFileSync(executable, `#!${process.execPath}\n${server};\n${reaction}\n`, { mode: 0o755 });
  return startGateway({ executable, configText: '{}', port, readiness });
}

describe('a gateway in trouble', () => {
  it.each([
    ['it ended with 3', 'setTimeout(() => process.exit(3), 300)'],
    ['panicked at src/lib.rs', "console.error('thread panicked at src/lib.rs')"],
  ])('%s', async (words, reaction) => {
    const gateway = await defective(reaction);
    await vi.waitFor(async () => expect(await gateway.trouble()).toContain(words), { timeout: 5000 });
    await gateway.stop();
  });

  it('is told from one that is well', async () => {
    const gateway = await defective('');
    expect(await gateway.trouble()).toBeUndefined();
    await gateway.stop();
  });
});

describe.skipIf(binary.isMissing)(`processes of the binary engine${binary.note}`, () => {
  afterEach(() => vi.unstubAllEnvs());

  it('a config that the gateway refuses is an error with its reason', async () => {
    const linkedConfigText = JSON.stringify({ ...config(), nonsense: true });
    const broken = await binaryEngine({ ...options, linkedConfigText });
    await expect(broken.run(request(chat('openai')), quietWorld, 1)).rejects.toThrow(/did not start.*nonsense/s);
    await broken.close();
  });

  it('an executable that is not there is an error', async () => {
    const linkedConfigText = JSON.stringify(config());
    const broken = await binaryEngine({ ...options, executable: '/nowhere/agentgateway', linkedConfigText });
    await expect(broken.run(request(chat('openai')), quietWorld, 1)).rejects.toThrow('did not start');
    await broken.close();
  });

  it('leaves no files behind', async () => {
    const directory = temporaryDirectory();
    vi.stubEnv('TMPDIR', directory);
    const other = await binaryEngine({ ...options, linkedConfigText: JSON.stringify(config()) });
    await other.run(request(chat('openai')), quietWorld, 1);
    expect(readdirSync(directory)).toHaveLength(1);
    await other.close();
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each(['SIGTERM', 'SIGINT', 'exit'] as const)('the gateway ends with its process: %s', async (end) => {
    const directory = temporaryDirectory();
    const [port = 0, admin, stats, readiness = 0] = await freePorts(4);
    const addresses = { adminAddr: admin, statsAddr: stats, readinessAddr: readiness };
    const loopback = Object.entries(addresses).map(([name, address]) => [name, `127.0.0.1:${address}`]);
    const configText = JSON.stringify({ config: Object.fromEntries(loopback), gateways: { default: { port } } });
    const child = fork(join(import.meta.dirname, 'binary-child.ts'), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, TMPDIR: directory, START: JSON.stringify({ ...binary, configText, port, readiness }) },
    });
    await new Promise((resolve) => child.once('message', resolve));
    expect(await isListening(readiness)).toBe(true);
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    if (end === 'exit') child.send('exit');
    else child.kill(end);
    expect(await ended).toBe(end === 'exit' ? null : end);
    await vi.waitFor(async () => expect(await isListening(readiness)).toBe(false), { timeout: 5000 });
    expect(readdirSync(directory).filter((name) => name.startsWith('gatewright-'))).toEqual([]);
  });
});
