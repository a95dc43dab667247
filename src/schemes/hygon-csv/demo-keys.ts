/** Keys for demonstrations: public on purpose, good for nothing else. Private SM2 keys, 32 bytes each, hex. */
export const demoKeys = {
  hrk: '3f1c52a7e0946b8d2517c8fa90b36de14a725f08c9e1d36b7a40f28e5c9d1b63',
  hsk: '51e8b37a2c0f94d6683ad15be7402c9f8d36f1a05b7ce4928f03d6417ab5c802',
  cek: '6a09d4f1835be27c10f6a98d3c47e5b2094df87163eac5b80d72f93a1e645c17',
  pek: '17c6e0b94fd2835a6be10f74d9a83c25f07b416e8d92ac3f5064e1b7c82d9f35',
  oca: '2d80f3b6a1c94e75d0637bf8125ac9e4783d06bf91e24c5a8f17d063b9e45a28',
  other: '4ce7a18d60f3b925c8e1047fd35b96a02f8c71e64d0ab3957e26d18f40c95b3e',
} as const
export type DemoKey = keyof typeof demoKeys

/** Nonces of the demonstration signatures: fixed, so that samples come out the same each time. */
export const DEMO_NONCE = '09b3e57c41d8f26a0e95c7b13fa84d60e2715bc9843df0a6b21e94d7c5083f6a'
