export { peerFrameSamples, type Peer, type PeerEvents, type Peers, type PeersOptions } from './port.ts';
