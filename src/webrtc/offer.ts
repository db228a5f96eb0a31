import { BlockList, isIP } from 'node:net';
import { SwitchboardError } from '../lib/index.ts';

/** Which way sound goes, as the far end put it. `inactive` is refused. */
export type OfferedDirection = 'sendrecv' | 'sendonly' | 'recvonly';

/** What we need of an offer, each part checked; nothing else of it reaches the native library. */
export interface Offer {
  readonly iceUfrag: string;
  readonly icePwd: string;
  /** `sha-256 AA:BB…` as in SDP. */
  readonly fingerprint: string;
  readonly setup: 'actpass' | 'active' | 'passive';
  readonly audio: {
    readonly mid: string;
    readonly direction: OfferedDirection;
    /** RTP payload type that the far end gave to Opus. */
    readonly payloadType: number;
  };
  /** The section of data channels. Absent when none was offered. */
  readonly data?: {
    readonly mid: string;
    readonly sctpPort: number;
    readonly maxMessageBytes: number;
    /** True when its section comes before that of the sound: the answer must keep the order. */
    readonly first: boolean;
  };
  /** `candidate:…` lines with literal UDP addresses, rendered anew. */
  readonly candidates: readonly string[];
}

/** A browser's offer has 3 to 6 kB. */
const maxOfferChars = 64 * 1_024;
/** We send a few packets to each, so an offer must not make us knock at many doors. */
const maxCandidates = 8;
const defaultSctpPort = 5_000;
/** What RFC 8841 takes for granted when nothing is said. */
const defaultMaxMessageBytes = 65_536;
/** What browsers take; also our own limit. */
export const maxTextBytes = 262_144;

const nobody = new BlockList(); // addresses that are no one host
nobody.addSubnet('0.0.0.0', 8);
nobody.addSubnet('224.0.0.0', 3);
nobody.addAddress('::', 'ipv6');
nobody.addSubnet('ff00::', 8, 'ipv6');

const fingerprints = new Map([
  ['sha-256', 32],
  ['sha-384', 48],
  ['sha-512', 64],
]);

function refuse(why: string): SwitchboardError {
  return new SwitchboardError('offer_invalid', `The WebRTC offer cannot be used: ${why}.`);
}

interface Section {
  readonly media: string;
  readonly port: string;
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly lines: readonly string[];
}

function sectionsOf(sdp: string): { session: readonly string[]; sections: readonly Section[] } {
  const lines = sdp.split(/\r?\n/);
  if (lines[0] !== 'v=0') throw refuse('it is not a session description');
  const starts = lines.flatMap((line, index) => (line.startsWith('m=') ? [index] : []));
  if (starts.length > 2) throw refuse('it has more than one section of sound and one of data');
  const sections = starts.map((start, index) => {
    const [media = '', port = '', protocol = '', ...formats] = (lines[start] ?? '')
      .slice('m='.length)
      .split(' ');
    const sectionLines = lines.slice(start + 1, starts[index + 1]);
    return { media, port, protocol, formats, lines: sectionLines };
  });
  return { session: lines.slice(0, starts[0]), sections };
}

/** The values of all `a=name:value` lines (or `''` for `a=name`). */
function attributes(lines: readonly string[], name: string): readonly string[] {
  const prefix = `a=${name}:`;
  return lines.flatMap((line) => {
    if (line.startsWith(prefix)) return [line.slice(prefix.length).trim()];
    return line === `a=${name}` ? [''] : [];
  });
}

function midOf(section: Section): string {
  const mid = attributes(section.lines, 'mid')[0] ?? '';
  if (!/^[\w.+-]{1,32}$/.test(mid)) throw refuse('a section has no usable mid');
  return mid;
}

/** An attribute of the section, else of the session. */
function shared(
  at: { readonly section: Section; readonly session: readonly string[] },
  name: string,
): readonly string[] {
  const own = attributes(at.section.lines, name);
  return own.length > 0 ? own : attributes(at.session, name);
}

function fingerprintOf(values: readonly string[]): string {
  for (const value of values) {
    const [algorithm = '', hex = ''] = value.toLowerCase().split(' ');
    const bytes = fingerprints.get(algorithm);
    const isHex = /^[\da-f]{2}(:[\da-f]{2})*$/.test(hex);
    if (isHex && hex.length === (bytes ?? 0) * 3 - 1) return `${algorithm} ${hex.toUpperCase()}`;
  }
  throw refuse('it has no fingerprint that we can check');
}

function directionOf(lines: readonly string[]): OfferedDirection {
  if (lines.includes('a=inactive')) throw refuse('its sound is inactive');
  if (lines.includes('a=sendonly')) return 'sendonly';
  return lines.includes('a=recvonly') ? 'recvonly' : 'sendrecv';
}

function opusPayloadType(audio: Section): number {
  const opus = attributes(audio.lines, 'rtpmap').flatMap((value) => {
    const match = /^(\d{1,3}) opus\/48000\/2$/i.exec(value);
    return match?.[1] === undefined ? [] : [match[1]];
  });
  const payloadType = audio.formats.find((format) => opus.includes(format));
  // 64 to 95 would be taken for RTCP (RFC 5761).
  if (
    payloadType === undefined ||
    Number(payloadType) > 127 ||
    /^(6[4-9]|[78]\d|9[0-5])$/.test(payloadType)
  ) {
    throw refuse('it does not offer Opus');
  }
  return Number(payloadType);
}

function dataOf(section: Section): { sctpPort: number; maxMessageBytes: number } {
  const sctpPort = Number(attributes(section.lines, 'sctp-port')[0] ?? defaultSctpPort);
  const offered = Number(
    attributes(section.lines, 'max-message-size')[0] ?? defaultMaxMessageBytes,
  );
  const isUsable =
    /^(UDP|TCP)\/DTLS\/SCTP$/.test(section.protocol) &&
    section.formats[0] === 'webrtc-datachannel' &&
    Number.isInteger(sctpPort) &&
    sctpPort > 0 &&
    sctpPort < 65_536 &&
    Number.isInteger(offered) &&
    offered >= 0;
  if (!isUsable) throw refuse('its data channels are of an unknown kind');
  // 0 means no limit (RFC 8841).
  return {
    sctpPort,
    maxMessageBytes: Math.min(offered === 0 ? maxTextBytes : offered, maxTextBytes),
  };
}

/**
 * Candidates to which we may send: literal addresses, over UDP. Names are left out, because each
 * would cost a look-up, and browsers put names that only their own network knows.
 */
function candidatesOf(sections: readonly Section[]): readonly string[] {
  const usable = sections
    .flatMap((section) => attributes(section.lines, 'candidate'))
    .flatMap((value) => {
      const match =
        /^([\w+/]{1,32}) 1 udp (\d{1,10}) ([\d.a-f:]{2,45}) (\d{1,5}) typ (host|srflx|prflx|relay)\b/i.exec(
          value,
        );
      const [, foundation = '', priority = '', address = '', port = '', type = ''] = match ?? [];
      const family = isIP(address);
      const isUsable =
        family !== 0 &&
        !nobody.check(address, family === 4 ? 'ipv4' : 'ipv6') &&
        Number(port) > 0 &&
        Number(port) < 65_536 &&
        Number(priority) < 2 ** 32;
      return isUsable
        ? [`candidate:${foundation} 1 UDP ${priority} ${address} ${port} typ ${type}`]
        : [];
    });
  return [...new Set(usable)].slice(0, maxCandidates);
}

/**
 * Reads an offer strictly (RFC 8829: one bundle of sound by Opus and, if wanted, data channels).
 *
 * @throws SwitchboardError `offer_invalid` with the reason, which holds nothing of the offer itself.
 */
export function readOffer(sdp: string): Offer {
  if (sdp.length > maxOfferChars) throw refuse('it is too long');
  const { session, sections } = sectionsOf(sdp);
  const audio = sections.find(({ media }) => media === 'audio');
  const application = sections.find(({ media }) => media === 'application');
  if (!audio || audio.port === '0') throw refuse('it has no sound');
  if (sections.length === 2 && !application) {
    throw refuse('it has more than one section of sound and one of data');
  }
  if (!/^UDP\/TLS\/RTP\/SAVPF?$/.test(audio.protocol)) throw refuse('its sound is not over DTLS');
  const data = application && application.port !== '0' ? application : undefined;
  if (application && !data) throw refuse('its data channels are switched off');

  const audioMid = midOf(audio);
  const dataMid = data && midOf(data);
  if (data) {
    const bundles = attributes(session, 'group').map((value) => value.split(' '));
    const isBundled = bundles.some(
      ([kind, ...mids]) =>
        kind === 'BUNDLE' && mids.includes(audioMid) && mids.includes(dataMid ?? ''),
    );
    if (!isBundled || dataMid === audioMid) throw refuse('its sections are not one bundle');
  }
  const at = { section: audio, session };
  const iceUfrag = shared(at, 'ice-ufrag')[0] ?? '';
  const icePwd = shared(at, 'ice-pwd')[0] ?? '';
  if (!/^[A-Za-z0-9+/]{4,256}$/.test(iceUfrag) || !/^[A-Za-z0-9+/]{22,256}$/.test(icePwd)) {
    throw refuse('it has no usable ICE credentials');
  }
  const setup = shared(at, 'setup')[0] ?? 'actpass';
  if (setup !== 'actpass' && setup !== 'active' && setup !== 'passive') {
    throw refuse('its DTLS role is unknown');
  }
  return {
    iceUfrag,
    icePwd,
    fingerprint: fingerprintOf(shared(at, 'fingerprint')),
    setup,
    audio: {
      mid: audioMid,
      direction: directionOf(audio.lines),
      payloadType: opusPayloadType(audio),
    },
    ...(data &&
      dataMid !== undefined && {
        data: { mid: dataMid, ...dataOf(data), first: sections[0] === data },
      }),
    candidates: candidatesOf(sections),
  };
}

/**
 * The offer written anew from what was checked: what a stranger sent never gets to native code.
 * Its sections stand in the offered order, because the answer must match it.
 */
export function plainOffer(offer: Offer): string {
  const { audio, data } = offer;
  const transport = [
    'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${offer.iceUfrag}`,
    `a=ice-pwd:${offer.icePwd}`,
    `a=fingerprint:${offer.fingerprint}`,
    `a=setup:${offer.setup}`,
  ];
  const candidates = offer.candidates.map((candidate) => `a=${candidate}`);
  const sound = [
    `m=audio 9 UDP/TLS/RTP/SAVPF ${audio.payloadType}`,
    ...transport,
    `a=mid:${audio.mid}`,
    `a=${audio.direction}`,
    'a=rtcp-mux',
    `a=rtpmap:${audio.payloadType} opus/48000/2`,
  ];
  const channels = data && [
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    ...transport,
    `a=mid:${data.mid}`,
    `a=sctp-port:${data.sctpPort}`,
    `a=max-message-size:${data.maxMessageBytes}`,
  ];
  const sections = channels
    ? data.first
      ? [[...channels, ...candidates], sound]
      : [[...sound, ...candidates], channels]
    : [[...sound, ...candidates]];
  const mids = data ? (data.first ? [data.mid, audio.mid] : [audio.mid, data.mid]) : [audio.mid];
  const head = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${mids.join(' ')}`,
  ];
  return [...head, ...sections.flat(), ''].join('\r\n');
}
