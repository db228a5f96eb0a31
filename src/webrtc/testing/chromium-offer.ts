/** A fingerprint of the right form that belongs to no certificate. */
export const someFingerprint = `sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`;

/** @returns what Chromium offers, shortened, and changed as told. */
export function chromiumOffer(change: (sdp: string) => string = (sdp) => sdp): string {
  return change(
    [
      'v=0',
      'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
      's=-',
      't=0 0',
      'a=group:BUNDLE 0 1',
      'a=extmap-allow-mixed',
      'a=msid-semantic: WMS stream',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
      'c=IN IP4 0.0.0.0',
      'a=rtcp:9 IN IP4 0.0.0.0',
      'a=candidate:1 1 udp 2113937151 192.0.2.9 51000 typ host generation 0 network-cost 999',
      'a=candidate:2 1 udp 2113939711 0c1c9b4e-aaaa.local 51001 typ host generation 0',
      'a=candidate:3 1 tcp 1518280447 192.0.2.9 9 typ host tcptype active',
      'a=ice-ufrag:abcd',
      'a=ice-pwd:abcdefghijklmnopqrstuvwx',
      'a=ice-options:trickle',
      `a=fingerprint:${someFingerprint}`,
      'a=setup:actpass',
      'a=mid:0',
      'a=sendrecv',
      'a=rtcp-mux',
      'a=rtpmap:111 opus/48000/2',
      'a=fmtp:111 minptime=10;useinbandfec=1',
      'a=rtpmap:63 red/48000/2',
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
      'c=IN IP4 0.0.0.0',
      'a=ice-ufrag:abcd',
      'a=ice-pwd:abcdefghijklmnopqrstuvwx',
      `a=fingerprint:${someFingerprint}`,
      'a=setup:actpass',
      'a=mid:1',
      'a=sctp-port:5000',
      'a=max-message-size:262144',
      '',
    ].join('\r\n'),
  );
}
