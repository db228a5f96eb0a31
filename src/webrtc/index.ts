export { openPeers } from './peers.ts';
export {
  peerDefaults,
  peerFrameSamples,
  type LastFrom,
  type Peer,
  type PeerEvents,
  type PeerLimits,
  type Peers,
  type PeersOptions,
} from './port.ts';
