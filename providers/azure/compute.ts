import * as azure from "@pulumi/azure-native";
import type { GroupSpec, HealthSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { shortened } from "../../components/kernel/naming.ts";
import { pick } from "../../components/kernel/pick.ts";
import { autoscale } from "./autoscale.ts";
import { acceleratedNetworking } from "./facts/sizes.ts";
import { timeouts } from "./facts/timeouts.ts";
import { addressesOf, identityOf, imageOf, loginOf, securityOf, systemDiskOf } from "./host.ts";
import { homeOf, keyReady, only, zonesOf } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/** A flexible scale set over the zones, whose number of instances belongs to its autoscale setting. */
export function group(scope: Scope, spec: GroupSpec, on: On<"group">): Out<"group"> {
  const { name, parent, place } = scope;
  const key = spec.encryptionKey === null ? null : { place: place.key };
  const scaleSet = new azure.compute.VirtualMachineScaleSet(
    `${name}-group`,
    {
      ...homeOf(scope, on),
      orchestrationMode: "Flexible",
      sku: { name: spec.class, tier: "Standard", capacity: spec.count.desired },
      zones: zonesOf(place, spec.zones),
      platformFaultDomainCount: 1, // the zones are the fault domains
      singlePlacementGroup: false,
      ...spotOf(spec),
      ...repairsOf(spec.health),
      scaleInPolicy: { rules: ["Default"] },
      virtualMachineProfile: {
        ...(spec.spot === null
          ? { priority: "Regular" }
          : { priority: "Spot", evictionPolicy: "Delete", billingProfile: { maxPrice: -1 } }), // up to the full price
        osProfile: { computerNamePrefix: shortened([spec.role], { max: 15, separator: "-", suffixLength: 0 }), ...loginOf(spec, on) },
        securityProfile: securityOf(spec),
        storageProfile: { imageReference: imageOf(spec), osDisk: systemDiskOf(scope, spec, on) },
        diagnosticsProfile: { bootDiagnostics: { enabled: true } },
        networkProfile: {
          networkApiVersion: "2020-11-01", // flexible sets demand it
          networkInterfaceConfigurations: [
            {
              name: "nic",
              primary: true,
              deleteOption: "Delete",
              enableAcceleratedNetworking: acceleratedNetworking(spec.class),
              ipConfigurations: addressesOf(spec, only(spec.subnets), on).map(address => ({ ...address, ...joinedBy(spec, address, on) })),
            },
          ],
        },
        ...(spec.health === null ? {} : { extensionProfile: { extensions: [healthExtension(spec.health)] } }),
      },
      identity: identityOf(spec, on),
    },
    {
      parent,
      dependsOn: [...pick(on.grants.native.of, spec.role), ...on.network.ready, ...keyReady(on, key)],
      ignoreChanges: ["sku.capacity"], // scaling owns it after birth
      customTimeouts: timeouts.group,
    },
  );
  const setting = autoscale(scope, spec, scaleSet, on);
  return { groupName: scaleSet.name, native: { scaleSet, autoscale: setting }, ready: [scaleSet, setting] };
}

/** Pools that its instances join. Gateways and load balancers speak IPv4 to what is behind them. */
function joinedBy(
  { joins }: GroupSpec,
  { privateIPAddressVersion }: { readonly privateIPAddressVersion: "IPv4" | "IPv6" },
  { balancers }: On<"group">,
): Pick<
  azure.types.input.compute.VirtualMachineScaleSetIPConfigurationArgs,
  "applicationGatewayBackendAddressPools" | "loadBalancerBackendAddressPools"
> {
  if (privateIPAddressVersion === "IPv6") return {};
  const pools = joins.map(({ balancer, pool }) => {
    const { native } = pick(balancers, balancer);
    return { ofGateway: native.gateway !== null, id: pick(native.pools, pool) };
  });
  const idsOf = (ofGateway: boolean) => pools.flatMap(pool => (pool.ofGateway === ofGateway ? [{ id: pool.id }] : []));
  const [gateways, loadBalancers] = [idsOf(true), idsOf(false)];
  return {
    ...(gateways.length === 0 ? {} : { applicationGatewayBackendAddressPools: gateways }),
    ...(loadBalancers.length === 0 ? {} : { loadBalancerBackendAddressPools: loadBalancers }),
  };
}

/** Share of spot above the base, said to Azure as the share that is not. */
const spotOf = ({ spot }: GroupSpec): Pick<azure.compute.VirtualMachineScaleSetArgs, "priorityMixPolicy"> =>
  spot === null
    ? {}
    : { priorityMixPolicy: { baseRegularPriorityCount: spot.onDemandBase, regularPriorityPercentageAboveBase: 100 - spot.percent } };

/** With a health signal Azure replaces what stays ill and rolls new templates out in batches; without one nobody could tell it to stop. */
function repairsOf(health: HealthSpec | null): Pick<azure.compute.VirtualMachineScaleSetArgs, "automaticRepairsPolicy" | "upgradePolicy"> {
  if (health === null) return { automaticRepairsPolicy: { enabled: false }, upgradePolicy: { mode: "Manual" } };
  return {
    automaticRepairsPolicy: {
      enabled: true,
      repairAction: "Replace",
      gracePeriod: `PT${Math.ceil(health.graceSeconds / 60)}M`,
    },
    upgradePolicy: {
      mode: "Rolling",
      rollingUpgradePolicy: {
        maxBatchInstancePercent: 20,
        maxUnhealthyInstancePercent: 20,
        maxUnhealthyUpgradedInstancePercent: 20, // the first bad batch stops the rest
        pauseTimeBetweenBatches: "PT1M",
        prioritizeUnhealthyInstances: true,
      },
    },
  };
}

/** Asks the application from within the machine. Version 1 takes any 200; version 2 wants a JSON answer of Azure's own. */
const healthExtension = (health: HealthSpec): azure.types.input.compute.VirtualMachineScaleSetExtensionArgs => ({
  name: "health",
  publisher: "Microsoft.ManagedServices",
  type: "ApplicationHealthLinux",
  typeHandlerVersion: "1.0",
  autoUpgradeMinorVersion: true,
  enableAutomaticUpgrade: true,
  settings: {
    protocol: health.protocol,
    port: health.port,
    ...(health.protocol === "tcp" ? {} : { requestPath: health.path }), // refused with tcp
    intervalInSeconds: health.intervalSeconds,
    numberOfProbes: health.unhealthy, // one number for both directions
  },
});
