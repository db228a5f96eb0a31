import { describe, expect, test } from 'vitest';
import { plainOffer, readOffer } from './offer.ts';
import {
  chromiumOffer as chromium,
  someFingerprint as fingerprint,
} from './testing/chromium-offer.ts';

test('reads what a browser offers', () => {
  expect(readOffer(chromium())).toEqual({
    iceUfrag: 'abcd',
    icePwd: 'abcdefghijklmnopqrstuvwx',
    fingerprint,
    setup: 'actpass',
    audio: { mid: '0', direction: 'sendrecv', payloadType: 111 },
    data: { mid: '1', sctpPort: 5000, maxMessageBytes: 262_144, first: false },
    candidates: ['candidate:1 1 UDP 2113937151 192.0.2.9 51000 typ host'],
  });
});

test('takes what stands at the session for its sections, as Firefox writes it', () => {
  const sdp = chromium((text) =>
    text
      .replaceAll(/a=(fingerprint|ice-ufrag|ice-pwd).*\r\n/g, '')
      .replace(
        's=-\r\n',
        `s=-\r\na=fingerprint:${fingerprint}\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\n`,
      ),
  );
  expect(readOffer(sdp)).toEqual(readOffer(chromium()));
});

test('what reaches the library says the same, and nothing else', () => {
  const plain = plainOffer(readOffer(chromium()));
  expect(readOffer(plain)).toEqual(readOffer(chromium()));
  expect(plain).not.toMatch(/red|generation|extmap|msid|local/);
});

test('keeps the order of the sections', () => {
  const sound = /m=audio[\s\S]*?(?=m=app)/;
  const swapped = chromium((text) => {
    const [audio = ''] = sound.exec(text) ?? [];
    return text.replace(sound, '') + audio;
  });
  const offer = readOffer(swapped);
  expect(offer.data?.first).toBe(true);
  expect(plainOffer(offer).match(/^m=\w+/gm)).toEqual(['m=application', 'm=audio']);
});

test('knocks at few doors, and at none that is no one host', () => {
  const bad = ['224.0.0.1', '255.255.255.255', '0.0.0.0', 'ff02::1', '::'];
  const lines = [
    ...bad.map((address) => `a=candidate:1 1 udp 1 ${address} 1000 typ host`),
    'a=candidate:1 1 udp 1 192.0.2.9 0 typ host',
    'a=candidate:1 1 udp 1 192.0.2.9 70000 typ host',
    ...Array.from({ length: 50 }, (_, i) => `a=candidate:1 1 udp 1 192.0.2.${i + 1} 1000 typ host`),
  ];
  const { candidates } = readOffer(
    chromium((text) => text.replace(/a=candidate:1 .*/, lines.join('\r\n'))),
  );
  expect(candidates).toHaveLength(8);
  expect(candidates.every((candidate) => candidate.includes(' 192.0.2.'))).toBe(true);
});

describe('refuses', () => {
  test.each<[string, string]>([
    ['nothing', ''],
    ['something else', '{"type":"offer"}'],
    ['binary', '\0\u0001\uffff'.repeat(100)],
    ['too much', chromium() + 'a=x\r\n'.repeat(20_000)],
    ['no sections', 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n'],
    ['data without sound', chromium((sdp) => sdp.replace(/m=audio[\s\S]*?(?=m=app)/, ''))],
    ['sound that is switched off', chromium((sdp) => sdp.replace('m=audio 9', 'm=audio 0'))],
    ['sound that is inactive', chromium((sdp) => sdp.replace('a=sendrecv', 'a=inactive'))],
    ['video', chromium((sdp) => sdp.replace('m=application', 'm=video 9 X 1\r\nm=application'))],
    ['two sounds', chromium((sdp) => sdp.replace('m=application', 'm=audio'))],
    ['many sections', chromium((sdp) => sdp + 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n'.repeat(500))],
    ['another codec', chromium((sdp) => sdp.replace('111 opus/48000/2', '111 PCMU/8000'))],
    ['a codec that is not in the list', chromium((sdp) => sdp.replace('SAVPF 111', 'SAVPF 112'))],
    ['a payload type taken for RTCP', chromium((sdp) => sdp.replaceAll('111', '72'))],
    ['sound in the clear', chromium((sdp) => sdp.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP'))],
    ['no fingerprint', chromium((sdp) => sdp.replaceAll(/a=fingerprint.*\r\n/g, ''))],
    ['a short fingerprint', chromium((sdp) => sdp.replaceAll('AB:AB:', ''))],
    ['a weak fingerprint', chromium((sdp) => sdp.replaceAll('sha-256', 'md5'))],
    ['no ICE password', chromium((sdp) => sdp.replaceAll(/a=ice-pwd.*\r\n/g, ''))],
    ['a strange ICE name', chromium((sdp) => sdp.replaceAll('ufrag:abcd', 'ufrag:a b"c\0'))],
    ['no bundle', chromium((sdp) => sdp.replace('BUNDLE 0 1', 'BUNDLE 0'))],
    ['one mid twice', chromium((sdp) => sdp.replace('a=mid:1', 'a=mid:0'))],
    ['a long mid', chromium((sdp) => sdp.replaceAll('a=mid:0', `a=mid:${'0'.repeat(99)}`))],
    ['an unknown role', chromium((sdp) => sdp.replaceAll('setup:actpass', 'setup:holdconn'))],
    ['a strange SCTP port', chromium((sdp) => sdp.replace('sctp-port:5000', 'sctp-port:99999'))],
  ])('%s', (_name, sdp) => {
    expect(() => readOffer(sdp)).toThrow(expect.objectContaining({ code: 'offer_invalid' }));
  });
});
