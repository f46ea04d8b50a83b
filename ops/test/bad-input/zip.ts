import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  /** A symbolic link, whose content is where it points. */
  readonly symlink?: boolean;
}

const LINK_MODE = 0o120777;
const FILE_MODE = 0o100644;
const UNIX = 3 << 8;
const DEFLATE = 8;

function local({ name, content }: ZipEntry): { readonly bytes: Buffer; readonly packed: number; readonly crc: number } {
  const plain = Buffer.from(content);
  const packed = deflateRawSync(plain, { level: 9 });
  const crc = crc32(plain);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(DEFLATE, 8);
  head.writeUInt32LE(crc, 14);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(plain.length, 22);
  head.writeUInt16LE(Buffer.byteLength(name), 26);
  return { bytes: Buffer.concat([head, Buffer.from(name), packed]), packed: packed.length, crc };
}

function central({ name, content, symlink = false }: ZipEntry, packed: number, crc: number, at: number): Buffer {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(UNIX | 20, 4);
  head.writeUInt16LE(20, 6);
  head.writeUInt16LE(DEFLATE, 10);
  head.writeUInt32LE(crc, 16);
  head.writeUInt32LE(packed, 20);
  head.writeUInt32LE(Buffer.byteLength(content), 24);
  head.writeUInt16LE(Buffer.byteLength(name), 28);
  head.writeUInt32LE(((symlink ? LINK_MODE : FILE_MODE) << 16) >>> 0, 38);
  head.writeUInt32LE(at, 42);
  return Buffer.concat([head, Buffer.from(name)]);
}

/** The end of the archive in the 64-bit form that more than 65 535 entries need. */
function end64(count: number, size: number, at: number): Buffer {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(at), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(at + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator]);
}

/** A zip with any entries, those included that no honest program writes. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const { bytes, packed, crc } = local(entry);
    locals.push(bytes);
    centrals.push(central(entry, packed, crc, at));
    at += bytes.length;
  }
  const directory = Buffer.concat(centrals);
  const many = entries.length > 0xffff;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(many ? 0xffff : entries.length, 8);
  end.writeUInt16LE(many ? 0xffff : entries.length, 10);
  end.writeUInt32LE(many ? 0xffffffff : directory.length, 12);
  end.writeUInt32LE(many ? 0xffffffff : at, 16);
  return Buffer.concat([...locals, directory, ...(many ? [end64(entries.length, directory.length, at)] : []), end]);
}
