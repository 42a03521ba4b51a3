/**
 * Which input of which type is a physical name, which rule of the cloud's name table judges it, and within what it must be one of a kind.
 * Which types Pulumi names by itself: an optional `name` (or the input given here) in the arguments of the SDKs aws 7, azure-native 3 and gcp 9.
 * The suffix it adds, read 2026-11-21: a dash and seven hex digits (pulumi/pulumi-terraform-bridge, AutoName), eight digits without a dash
 * on Azure (pulumi/pulumi-azure-native, getDefaultName). Neither shortens: the bridge refuses above 255, 64 for a role, and the cloud refuses the rest.
 */
import type { Cloud } from "../../components/kernel/cloud.ts";

export interface NameKind {
  /** Row of the cloud's `names`. */
  readonly rule: string;
  /** Path of the input that holds the name. */
  readonly input: string;
  /** Pulumi makes the name where the program gives none. */
  readonly auto: boolean;
  /** Inputs that say within what the name must be one of a kind; none is the account or the world. */
  readonly within: readonly string[];
}

const named = (rule: string, input = "name", ...within: readonly string[]): NameKind => ({ rule, input, auto: true, within });
/** A second name, which the program always gives itself. */
const also = (rule: string, input: string, ...within: readonly string[]): NameKind => ({ rule, input, auto: false, within });

const regional = (rule: string, input = "name"): readonly NameKind[] => [named(rule, input, "region")];
const grouped = (rule: string, input: string): readonly NameKind[] => [named(rule, input, "resourceGroupName")];

export const nameKinds: Readonly<Record<Cloud, Readonly<Record<string, readonly NameKind[]>>>> = {
  aws: {
    "aws:autoscaling/group:Group": regional("autoScalingGroup"),
    "aws:autoscaling/policy:Policy": [named("scalingPolicy", "name", "autoscalingGroupName")],
    "aws:cloudfront/cachePolicy:CachePolicy": [named("cdnPolicy")],
    "aws:cloudfront/originAccessControl:OriginAccessControl": [named("cdnAccess")],
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": [named("cdnPolicy")],
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": regional("logDelivery"),
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": regional("logDelivery"),
    "aws:cloudwatch/logGroup:LogGroup": regional("logGroup"),
    "aws:cloudwatch/metricAlarm:MetricAlarm": regional("alarm"),
    "aws:ec2/launchTemplate:LaunchTemplate": regional("launchTemplate"),
    "aws:ec2/securityGroup:SecurityGroup": [named("securityGroup", "name", "vpcId")],
    "aws:elasticache/parameterGroup:ParameterGroup": regional("cacheParameterGroup"),
    "aws:elasticache/replicationGroup:ReplicationGroup": [
      ...regional("cacheGroup", "replicationGroupId"),
      also("dbSnapshot", "finalSnapshotIdentifier", "region"),
    ],
    "aws:elasticache/subnetGroup:SubnetGroup": regional("subnetGroup"),
    "aws:iam/policy:Policy": [named("policy")],
    "aws:iam/instanceProfile:InstanceProfile": [named("instanceProfile")],
    "aws:iam/role:Role": [named("role")],
    "aws:iam/rolePolicy:RolePolicy": [named("rolePolicy", "name", "role")],
    "aws:kms/alias:Alias": regional("keyAlias"),
    "aws:lb/loadBalancer:LoadBalancer": regional("balancer"),
    "aws:lb/targetGroup:TargetGroup": [also("targetGroupPrefix", "namePrefix", "tags.Name")], // only begins the name: two may begin alike
    "aws:rds/instance:Instance": [...regional("dbInstance", "identifier"), also("dbSnapshot", "finalSnapshotIdentifier", "region")],
    "aws:rds/parameterGroup:ParameterGroup": regional("parameterGroup"),
    "aws:rds/proxy:Proxy": regional("dbProxy"),
    "aws:rds/subnetGroup:SubnetGroup": regional("subnetGroup"),
    "aws:s3/bucket:Bucket": [named("bucket", "bucket")],
    "aws:secretsmanager/secret:Secret": regional("secret"),
    "aws:wafv2/ipSet:IpSet": [named("firewall", "name", "region", "scope")],
    "aws:wafv2/webAcl:WebAcl": [named("firewall", "name", "region", "scope")],
    "aws:ssm/document:Document": regional("sessionDocument"),
  },
  azure: {
    "azure-native:authorization:ManagementLockByScope": [named("lock", "lockName", "scope")],
    "azure-native:authorization:RoleDefinition": [also("roleTitle", "roleName")],
    "azure-native:cdn:AFDCustomDomain": [named("cdnPart", "customDomainName", "profileName")],
    "azure-native:cdn:AFDEndpoint": [named("cdnEndpoint", "endpointName")],
    "azure-native:cdn:AFDOrigin": [named("cdnShort", "originName", "profileName", "originGroupName")],
    "azure-native:cdn:AFDOriginGroup": [named("cdnShort", "originGroupName", "profileName")],
    "azure-native:cdn:Profile": grouped("cdnPart", "profileName"),
    "azure-native:cdn:Route": [named("cdnShort", "routeName", "endpointName")],
    "azure-native:cdn:Rule": [named("cdnRule", "ruleName", "profileName", "ruleSetName")],
    "azure-native:cdn:RuleSet": [named("cdnRule", "ruleSetName", "profileName")],
    "azure-native:cdn:SecurityPolicy": [named("cdnPart", "securityPolicyName", "profileName")],
    "azure-native:compute:Disk": grouped("disk", "diskName"),
    "azure-native:compute:DiskEncryptionSet": grouped("diskEncryptionSet", "diskEncryptionSetName"),
    "azure-native:compute:VirtualMachine": [...grouped("virtualMachine", "vmName"), also("computerName", "osProfile.computerName")],
    "azure-native:compute:VirtualMachineScaleSet": [
      ...grouped("scaleSet", "vmScaleSetName"),
      also("scaleSetPrefix", "virtualMachineProfile.osProfile.computerNamePrefix"),
    ],
    "azure-native:dataprotection:BackupInstance": [named("backupPolicy", "backupInstanceName", "vaultName")],
    "azure-native:dataprotection:BackupPolicy": [named("backupPolicy", "backupPolicyName", "vaultName")],
    "azure-native:dataprotection:BackupVault": grouped("backupVault", "vaultName"),
    "azure-native:dbformysql:Database": [named("database", "databaseName", "serverName")],
    "azure-native:dbformysql:Server": [named("mysqlServer", "serverName")],
    "azure-native:dbforpostgresql:Database": [named("database", "databaseName", "serverName")],
    "azure-native:dbforpostgresql:Server": [named("postgresServer", "serverName")],
    "azure-native:frontdoor:Policy": grouped("frontPolicy", "policyName"),
    "azure-native:keyvault:Key": [named("vaultItem", "keyName", "vaultName")],
    "azure-native:keyvault:Secret": [named("vaultItem", "secretName", "vaultName")],
    "azure-native:keyvault:Vault": [named("keyVault", "vaultName")],
    "azure-native:managedidentity:UserAssignedIdentity": grouped("managedIdentity", "resourceName"),
    "azure-native:monitor:AutoscaleSetting": grouped("monitorSetting", "autoscaleSettingName"),
    "azure-native:monitor:DiagnosticSetting": [named("monitorSetting", "name", "resourceUri")],
    "azure-native:network:ApplicationGateway": grouped("networkPart", "applicationGatewayName"),
    "azure-native:network:ApplicationSecurityGroup": grouped("networkPart", "applicationSecurityGroupName"),
    "azure-native:network:BastionHost": grouped("networkPart", "bastionHostName"),
    "azure-native:network:FlowLog": [named("networkPart", "flowLogName", "networkWatcherName")],
    "azure-native:network:LoadBalancer": grouped("networkPart", "loadBalancerName"),
    "azure-native:network:LocalNetworkGateway": grouped("networkPart", "localNetworkGatewayName"),
    "azure-native:network:NatGateway": grouped("networkPart", "natGatewayName"),
    "azure-native:network:NetworkInterface": grouped("networkPart", "networkInterfaceName"),
    "azure-native:network:NetworkSecurityGroup": grouped("networkSecurityGroup", "networkSecurityGroupName"),
    "azure-native:network:PrivateDnsZoneGroup": [named("networkPart", "privateDnsZoneGroupName", "privateEndpointName")],
    "azure-native:network:PrivateEndpoint": grouped("privateEndpoint", "privateEndpointName"),
    "azure-native:network:PublicIPAddress": grouped("networkPart", "publicIpAddressName"),
    "azure-native:network:RouteTable": grouped("networkPart", "routeTableName"),
    "azure-native:network:SecurityRule": [named("networkPart", "securityRuleName", "networkSecurityGroupName")],
    "azure-native:network:Subnet": [named("networkPart", "subnetName", "virtualNetworkName")],
    "azure-native:network:VirtualNetwork": grouped("network", "virtualNetworkName"),
    "azure-native:network:WebApplicationFirewallPolicy": grouped("networkPart", "policyName"),
    "azure-native:network:VirtualNetworkGateway": grouped("networkPart", "virtualNetworkGatewayName"),
    "azure-native:network:VirtualNetworkGatewayConnection": grouped("networkPart", "virtualNetworkGatewayConnectionName"),
    "azure-native:operationalinsights:Workspace": grouped("workspace", "workspaceName"),
    "azure-native:privatedns:VirtualNetworkLink": [named("networkPart", "virtualNetworkLinkName", "resourceGroupName", "privateZoneName")],
    "azure-native:redisenterprise:RedisEnterprise": [named("redis", "clusterName")],
    "azure-native:resources:ResourceGroup": [named("resourceGroup", "resourceGroupName")],
    "azure-native:storage:BlobContainer": [named("container", "containerName", "accountName")],
    "azure-native:storage:StorageAccount": [named("bucket", "accountName")],
  },
  gcp: {
    "gcp:certificatemanager/certificate:Certificate": regional("computePart"),
    "gcp:certificatemanager/dnsAuthorization:DnsAuthorization": regional("computePart"),
    "gcp:certificatemanager/certificateMap:CertificateMap": [named("computePart")],
    "gcp:certificatemanager/certificateMapEntry:CertificateMapEntry": [named("computePart", "name", "map")],
    "gcp:compute/address:Address": regional("address"),
    "gcp:compute/backendService:BackendService": [named("computePart")],
    "gcp:compute/backendBucket:BackendBucket": [named("computePart")],
    "gcp:compute/disk:Disk": [named("disk", "name", "zone")],
    "gcp:compute/externalVpnGateway:ExternalVpnGateway": [named("computePart")],
    "gcp:compute/firewall:Firewall": [named("firewall")],
    "gcp:compute/forwardingRule:ForwardingRule": regional("computePart"),
    "gcp:compute/globalAddress:GlobalAddress": [named("address")],
    "gcp:compute/globalForwardingRule:GlobalForwardingRule": [named("computePart")],
    "gcp:compute/haVpnGateway:HaVpnGateway": regional("computePart"),
    "gcp:compute/healthCheck:HealthCheck": [named("healthCheck")],
    "gcp:compute/instance:Instance": [named("instance", "name", "zone")],
    "gcp:compute/network:Network": [named("network")],
    "gcp:compute/regionAutoscaler:RegionAutoscaler": regional("computePart"),
    "gcp:compute/regionBackendService:RegionBackendService": regional("computePart"),
    "gcp:compute/regionHealthCheck:RegionHealthCheck": regional("healthCheck"),
    "gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager": [
      ...regional("instanceGroupManager"),
      also("instanceBase", "baseInstanceName", "region"),
    ],
    "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate": regional("instanceTemplate"),
    "gcp:compute/regionSslPolicy:RegionSslPolicy": regional("computePart"),
    "gcp:compute/regionTargetHttpProxy:RegionTargetHttpProxy": regional("computePart"),
    "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy": regional("computePart"),
    "gcp:compute/regionUrlMap:RegionUrlMap": regional("computePart"),
    "gcp:compute/resourcePolicy:ResourcePolicy": regional("computePart"),
    "gcp:compute/router:Router": regional("computePart"),
    "gcp:compute/routerInterface:RouterInterface": [named("computePart", "name", "router")],
    "gcp:compute/routerNat:RouterNat": [named("computePart", "name", "router")],
    "gcp:compute/sSLPolicy:SSLPolicy": [named("computePart")],
    "gcp:compute/securityPolicy:SecurityPolicy": [named("computePart")],
    "gcp:compute/subnetwork:Subnetwork": regional("subnetwork"),
    "gcp:compute/targetHttpProxy:TargetHttpProxy": [named("computePart")],
    "gcp:compute/targetHttpsProxy:TargetHttpsProxy": [named("computePart")],
    "gcp:compute/uRLMap:URLMap": [named("computePart")],
    "gcp:compute/routerPeer:RouterPeer": [named("computePart", "name", "router")],
    "gcp:compute/vPNTunnel:VPNTunnel": regional("computePart"),
    "gcp:dns/managedZone:ManagedZone": [named("managedZone")],
    "gcp:kms/cryptoKey:CryptoKey": [named("cryptoKey", "name", "keyRing")],
    "gcp:kms/keyRing:KeyRing": [named("keyRing", "name", "location")],
    "gcp:logging/projectBucketConfig:ProjectBucketConfig": [named("logBucket", "bucketId", "location")],
    "gcp:logging/projectSink:ProjectSink": [named("logSink")],
    "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy": [named("connectionPolicy", "name", "location")],
    "gcp:redis/cluster:Cluster": regional("redisCluster"),
    "gcp:redis/instance:Instance": regional("redisInstance"),
    "gcp:secretmanager/secret:Secret": [named("secret", "secretId")],
    "gcp:serviceaccount/account:Account": [named("serviceAccount", "accountId")],
    "gcp:sql/database:Database": [named("database", "name", "instance")],
    "gcp:sql/databaseInstance:DatabaseInstance": [named("sqlInstance")],
    "gcp:sql/user:User": [named("sqlUser", "name", "instance")],
    "gcp:storage/bucket:Bucket": [named("bucket")],
  },
};

/**
 * No name of their own that the program or Pulumi could get wrong: the cloud gives an id, or the thing is a setting of another,
 * a link between two, or bears a fixed word, a GUID, a domain name of the cloud's or a parameter's own name.
 */
export const nameless: Readonly<Record<Cloud, RegExp>> = {
  aws: /^aws:(acm|dlm|ebs|route53|vpc)\/|^aws:cloudfront\/(distribution|vpcOrigin):|^aws:cloudwatch\/logDelivery:|^aws:ec2\/(?!launchTemplate:|securityGroup:)|^aws:s3\/bucket[A-Z]|^aws:ec2clientvpn\/|^aws:(kms\/key|iam\/rolePolicyAttachment|secretsmanager\/secretVersion|lb\/listener\w*|wafv2\/webAcl[A-Z]\w*|rds\/(proxy[A-Z]\w*|roleAssociation|instanceAutomatedBackupsReplication)):/,
  azure:
    /^azure-native:(authorization:RoleAssignment|dns:(Zone|RecordSet)|privatedns:PrivateRecordSet|dbfor\w+:(Configuration|Administrator)|privatedns:PrivateZone|redisenterprise:(Database|AccessPolicyAssignment)|storage:(BlobServiceProperties|ManagementPolicy|ObjectReplicationPolicy|BlobContainerImmutabilityPolicy))$/,
  gcp: /^gcp:projects\/|IAMMember:|IamMember:|^gcp:(compute\/diskResourcePolicyAttachment|dns\/recordSet|secretmanager\/secretVersion|servicenetworking\/connection):/,
};
