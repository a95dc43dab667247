import { bilingual } from '../text/say.ts'
import type { Failure } from './fetch-one.ts'

/** What became of a request that brought nothing, by reason. Said on the screen and in the terminal alike. */
export const fateWords = bilingual(
  {
    'not-listed': 'Not asked: the address is not in this tool’s list of addresses.',
    'needs-key': 'Not asked: it answers subscribers only. The owner of the machine usually has this file.',
    'not-found': 'The host does not have it (HTTP {status}).',
    status: 'The host answered HTTP {status}.',
    busy: 'Too many requests, says the host (HTTP {status}).',
    timeout: 'No whole answer within 10 seconds.',
    'too-large': 'Larger than 1 MiB, or without end: reading stopped there.',
    redirect: 'Sent on to an address that is not in the list; not followed.',
    'inner-address': 'The name leads to an inner address ({detail}), not to the vendor; not asked.',
    proxy: 'The proxy failed ({detail}).',
    encoding: 'Packed in a way that is not read here ({detail}).',
    unreachable: 'No connection.',
    relay: 'The local server did not answer as a relay does.',
    'not-allowed': 'The local server refused this address.',
    'not-data': 'A web page instead of data: a sign-in page, or somebody in between.',
    empty: 'An empty answer.',
    cancelled: 'Cancelled.',
    offline: 'Not asked: --offline, and it is not kept from before.',
    'not-in-snapshot': 'Not in the snapshot of this deployment.',
    damaged: 'The file of the snapshot is not the one that its list names; not used.',
    declined: 'Not asked: you did not agree.',
  } satisfies Record<Failure, string>,
  {
    'not-listed': '未请求：该地址不在本工具的地址清单中。',
    'needs-key': '未请求：只向订阅者提供。机器的所有者通常已有此文件。',
    'not-found': '对方没有这份材料（HTTP {status}）。',
    status: '对方回应 HTTP {status}。',
    busy: '对方表示请求过多（HTTP {status}）。',
    timeout: '10 秒内没有收到完整的回答。',
    'too-large': '超过 1 MiB，或没有尽头：已停止读取。',
    redirect: '被转到清单之外的地址；没有跟随。',
    'inner-address': '该名称指向内部地址（{detail}），而不是厂商；未请求。',
    proxy: '代理失败（{detail}）。',
    encoding: '打包方式无法在此读取（{detail}）。',
    unreachable: '无法连接。',
    relay: '本地服务器没有按中继的方式回答。',
    'not-allowed': '本地服务器拒绝了该地址。',
    'not-data': '收到的是网页而不是数据：可能是登录页，或中间有人。',
    empty: '回答为空。',
    cancelled: '已取消。',
    offline: '未请求：使用了 --offline，且没有留存的副本。',
    'not-in-snapshot': '不在本站的快照中。',
    damaged: '快照中的文件与清单所列的不符；不予采用。',
    declined: '未请求：您没有同意。',
  },
)

/** Words around fetching that the screen and the terminal share. */
export const fetchWords = bilingual(
  {
    also: 'They also learn that somebody at this network address appraises such a machine. The evidence itself is not sent.',
    clock:
      'This computer’s clock and the clock of {host} differ by {days} days: one of them is wrong. Dates below are judged by this computer’s.',
  },
  {
    also: '对方还会知道：这个网络地址有人在评估这种机器。证据本身不会发出。',
    clock: '本机时钟与 {host} 的时钟相差 {days} 天：其中一个不对。以下日期按本机时钟判断。',
  },
)
