import * as gcp from "@pulumi/gcp";
import type { GroupSpec, HealthSpec, ProbeSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { timeouts } from "./facts/timeouts.ts";
import { accountOf, diskOf, interfaceOf, metadataOf, readyFor, shielded, steady } from "./hosts.ts";
import { only, ownKey, zoneOf } from "./lookup.ts";
import type { On, Out } from "./natives.ts";
import { scalerOf } from "./scaler.ts";

/** Replaceable instances behind one template, over the zones, replaced one surge at a time. */
export function group(scope: Scope, spec: GroupSpec, on: On<"group">): Out<"group"> {
  const { name, parent, place } = scope;
  const { region } = place;
  const template = templateOf(scope, spec, on);
  const check = spec.health === null ? null : healthOf(scope, spec.health, on);
  const { cpu, memory, requestsPerMinute } = spec.scaling;
  const scales = spec.count.max > spec.count.min && (cpu !== null || memory !== null || requestsPerMinute !== null);
  const manager = new gcp.compute.RegionInstanceGroupManager(
    `${name}-group`,
    {
      region,
      baseInstanceName: name,
      versions: [{ name: "current", instanceTemplate: template.selfLink }],
      targetSize: spec.count.desired,
      distributionPolicyZones: spec.zones.map(zone => zoneOf(scope, zone)),
      distributionPolicyTargetShape: "EVEN",
      namedPorts: Object.entries(spec.ports).map(([port, number]) => ({ name: port, port: number })),
      autoHealingPolicies:
        check === null || spec.health === null ? undefined : { healthCheck: check.selfLink, initialDelaySec: spec.health.graceSeconds },
      updatePolicy: {
        type: "PROACTIVE",
        minimalAction: "REPLACE",
        mostDisruptiveAllowedAction: "REPLACE",
        replacementMethod: "SUBSTITUTE",
        instanceRedistributionType: "PROACTIVE",
        // A regional group takes no surge below its number of zones but zero.
        maxSurgeFixed: spec.zones.length,
        maxUnavailableFixed: 0,
      },
      instanceLifecyclePolicy: { forceUpdateOnRepair: "YES", defaultActionOnFailure: "REPAIR" },
      waitForInstances: false, // an image that never gets healthy would hold up the whole deploy
    },
    { parent, customTimeouts: timeouts.group, ignoreChanges: scales ? ["targetSize"] : [] },
  );
  const scaler = scales ? [scalerOf(scope, spec, manager)] : [];
  return { groupName: manager.name, native: { manager }, ready: [manager, ...scaler] };
}

/** Named by Pulumi, because a template cannot be changed: each change is a new one, which the group then rolls out. */
function templateOf({ name, parent, place, tags }: Scope, spec: GroupSpec, on: On<"group">) {
  const key = ownKey(on.keys, spec.encryptionKey === null ? null : { purpose: spec.encryptionKey, place: spec.place });
  const { type: diskType, ...speed } = diskOf(spec.class, spec.disk);
  return new gcp.compute.RegionInstanceTemplate(
    `${name}-template`,
    {
      region: place.region,
      machineType: spec.class,
      disks: [
        {
          boot: true,
          autoDelete: true,
          sourceImage: spec.image.reference,
          diskSizeGb: spec.disk.gib,
          diskType,
          ...speed,
          diskEncryptionKey: key.id === undefined ? undefined : { kmsKeySelfLink: key.id },
          labels: tags,
        },
      ],
      networkInterfaces: [interfaceOf(only(spec.subnets), on)],
      serviceAccount: accountOf(spec, on),
      shieldedInstanceConfig: shielded,
      // A group is spot as a whole or not at all.
      scheduling:
        spec.spot === null
          ? steady
          : {
              provisioningModel: "SPOT",
              preemptible: true,
              automaticRestart: false,
              onHostMaintenance: "TERMINATE",
              instanceTerminationAction: "STOP",
            },
      metadata: metadataOf(spec),
      canIpForward: false,
      labels: tags,
    },
    { parent, dependsOn: readyFor(spec.role, on, key.ready) },
  );
}

/** Repairs what does not answer. The probes come from Google's own ranges, which a flow lets in. */
function healthOf({ name, parent }: Scope, health: HealthSpec, on: On<"group">) {
  return new gcp.compute.HealthCheck(`${name}-health`, probing(health), { parent, dependsOn: [...on.foundation.ready] });
}

/** One of three blocks, by protocol, and when it is asked. What changes is logged. */
export function probing(probe: ProbeSpec) {
  const fixed = { port: probe.port, portSpecification: "USE_FIXED_PORT" };
  const asked = { ...fixed, requestPath: probe.path };
  return {
    ...(probe.protocol === "tcp" ? { tcpHealthCheck: fixed } : {}),
    ...(probe.protocol === "http" ? { httpHealthCheck: asked } : {}),
    ...(probe.protocol === "https" ? { httpsHealthCheck: asked } : {}),
    checkIntervalSec: probe.intervalSeconds,
    timeoutSec: probe.timeoutSeconds,
    healthyThreshold: probe.healthy,
    unhealthyThreshold: probe.unhealthy,
    logConfig: { enable: true },
  };
}
