export { openPeers } from './peers.ts';
export {
  peerFrameSamples,
  type LastFrom,
  type Peer,
  type PeerEvents,
  type Peers,
  type PeersOptions,
} from './port.ts';
