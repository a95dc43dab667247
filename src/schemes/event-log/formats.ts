/** Formats of this scheme. */
export const FORMATS = {
  tcg12: 'event-log.tcg12',
  tcg2: 'event-log.tcg2',
  cc: 'event-log.tcg2-cc',
  ccelTable: 'event-log.ccel-table',
  celTlv: 'event-log.cel-tlv',
  celJson: 'event-log.cel-json',
  celCbor: 'event-log.cel-cbor',
  imaBinary: 'event-log.ima-binary',
  imaAscii: 'event-log.ima-ascii',
  systemd: 'event-log.systemd-measure',
  dstackJson: 'event-log.dstack-json',
  dstackScale: 'event-log.dstack-scale',
} as const
