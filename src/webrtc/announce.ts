import { isIP } from 'node:net';
import { SwitchboardError } from '../lib/index.ts';

/** Above what the library gives its own, so that announced addresses are tried first. */
const firstPriority = 2_130_706_431;

/**
 * Puts announced addresses before the candidates of an answer. The machine's own stay: who calls from
 * the same network often cannot come in by the public address.
 */
export function withAnnounced(
  answerSdp: string,
  announced: { readonly addresses: readonly string[]; readonly port: number },
): string {
  if (announced.addresses.length === 0) return answerSdp;
  const lines = announced.addresses.map((address, index) => {
    const priority = firstPriority - index * 256;
    return `a=candidate:announced${index} 1 UDP ${priority} ${address} ${announced.port} typ host\r\n`;
  });
  const at = /^a=(candidate|end-of-candidates)/m.exec(answerSdp)?.index ?? answerSdp.length;
  return answerSdp.slice(0, at) + lines.join('') + answerSdp.slice(at);
}

/** @throws SwitchboardError `config_invalid` for an address that is not a literal one. */
export function checkAddresses(addresses: readonly string[]): void {
  for (const address of addresses) {
    if (isIP(address) === 0) {
      throw new SwitchboardError(
        'config_invalid',
        `"${address}" is no IP address; WebRTC needs addresses, not names.`,
      );
    }
  }
}
