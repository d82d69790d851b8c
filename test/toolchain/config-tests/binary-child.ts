import { type Start, startGateway } from '../../../toolchain/config-tests/binary/gateway.ts';

/** A process that starts a gateway and ends without stopping it. */
await startGateway(JSON.parse(process.env['START'] ?? '') as Start);
process.on('message', () => process.exit());
process.send?.('started');
