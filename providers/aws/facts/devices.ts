/** Block devices as EC2 names them. */
import { hash } from "../../../components/kernel/hash.ts";

/** Root device of an image, by the login of its family. A reference of a person's own is taken for Ubuntu, as its login is. */
export const rootDevices: Readonly<Record<string, string>> = {
  ubuntu: "/dev/sda1",
  admin: "/dev/xvda",
  "ec2-user": "/dev/xvda",
};

/** Names left for data volumes: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html (`/dev/xvdba` to `/dev/xvddz`). */
const free = ["b", "c", "d"].flatMap(first => [..."abcdefghijklmnopqrstuvwxyz"].map(second => `/dev/xvd${first}${second}`));

/** A device name for each volume, from its own name unless two collide, so that a new volume moves no other. Nitro hosts see NVMe names; the serial is the volume's id. */
export function deviceNames(volumes: readonly string[]): Readonly<Record<string, string>> {
  const taken: Record<string, string> = {};
  for (const volume of volumes) {
    const start = hash(volume) % free.length;
    const order = [...free.slice(start), ...free.slice(0, start)];
    taken[volume] = order.find(device => !Object.values(taken).includes(device)) ?? "";
  }
  return taken;
}
