// Two ways to run: 'flex' for models behind an API (Flex Consumption, Functions and Durable), 'gpu' for a local CUDA model
// (the HTTP server on Container Apps with a GPU workload profile). No key stands in this file: the app's identity reaches
// storage and Azure OpenAI, and other keys come from Key Vault by reference.

@description('Names begin with this.')
@minLength(3)
@maxLength(11)
param name string

param location string = resourceGroup().location

@allowed(['flex', 'gpu'])
param kind string = 'flex'

@description('The model, as Agents:Models takes it, such as azure:DEPLOYMENT@https://RESOURCE.openai.azure.com. For gpu: onnx:/models/NAME?provider=cuda.')
param modelSpec string

@description('The name of an Azure OpenAI or AI Foundry account in this resource group that the app may call; empty for none.')
param openAiAccount string = ''

@description('The name of a Key Vault in this resource group with a secret OPENAI-API-KEY; empty for none.')
param keyVault string = ''

@description('Instances at most (flex).')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('The container image of the HTTP server with CUDA (gpu).')
param image string = ''

@description('SHA-256 of the key that callers send, 64 hexadecimal digits (gpu): the server lets nobody in from outside without one.')
@secure()
param callerKeySha256 string = ''

var suffix = uniqueString(resourceGroup().id, name)
var storageName = toLower('${name}${substring(suffix, 0, 10)}')
var isFlex = kind == 'flex'

// Built-in roles.
var roles = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  openAiUser: '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: storage
  name: 'default'
}

resource package 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = if (isFlex) {
  parent: blobs
  name: 'app-package'
}

// Long texts of runs: content-addressed, so that nothing in it is ever changed; the rule below deletes what is old.
resource texts 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'run-texts'
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = {
  parent: storage
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'delete-old-run-texts'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['run-texts/'] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 60 } } }
          }
        }
      ]
    }
  }
}

resource storageRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in [roles.storageBlobDataOwner, roles.storageQueueDataContributor, roles.storageTableDataContributor]: {
  name: guid(storage.id, identity.id, role)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}]

resource account 'Microsoft.CognitiveServices/accounts@2024-10-01' existing = if (!empty(openAiAccount)) {
  name: empty(openAiAccount) ? 'none' : openAiAccount
}

resource accountRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(openAiAccount)) {
  name: guid(account.id, identity.id, roles.openAiUser)
  scope: account
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.openAiUser)
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = if (!empty(keyVault)) {
  name: empty(keyVault) ? 'none' : keyVault
}

resource vaultRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(keyVault)) {
  name: guid(vault.id, identity.id, roles.keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

// ---- flex: Functions, remote models ------------------------------------------------------------------------------------

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = if (isFlex) {
  name: '${name}-plan'
  location: location
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

var keySetting = empty(keyVault) ? [] : [
  { name: 'OPENAI_API_KEY', value: '@Microsoft.KeyVault(VaultName=${keyVault};SecretName=OPENAI-API-KEY)' }
]

resource app 'Microsoft.Web/sites@2024-04-01' = if (isFlex) {
  name: '${name}-${substring(suffix, 0, 8)}'
  location: location
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  dependsOn: [storageRoles]
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}app-package'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: maximumInstances }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      appSettings: concat([
        { name: 'AzureWebJobsStorage__accountName', value: storage.name }
        { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
        { name: 'AzureWebJobsStorage__clientId', value: identity.properties.clientId }
        { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
        { name: 'Agents__Models__standard__Spec', value: modelSpec }
        { name: 'Agents__RunStore', value: '${storage.properties.primaryEndpoints.blob}run-texts' }
      ], keySetting)
    }
  }
}

// ---- gpu: the HTTP server, a local CUDA model --------------------------------------------------------------------------

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = if (!isFlex) {
  name: '${name}-environment'
  location: location
  properties: {
    workloadProfiles: [
      { name: 'Consumption', workloadProfileType: 'Consumption' }
      { name: 'gpu', workloadProfileType: 'Consumption-GPU-NC8as-T4' }
    ]
  }
}

resource server 'Microsoft.App/containerApps@2024-03-01' = if (!isFlex) {
  name: '${name}-server'
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'gpu'
    configuration: {
      secrets: [{ name: 'caller-key', value: callerKeySha256 }]
      ingress: { external: true, targetPort: 8080, transport: 'http' }
    }
    template: {
      containers: [
        {
          name: 'agents'
          image: image
          args: ['serve', '--urls', 'http://0.0.0.0:8080', '--state', '/state']
          resources: { cpu: json('8'), memory: '56Gi' }
          env: [
            { name: 'Agents__Models__local__Spec', value: modelSpec }
            { name: 'Agents__Keys__0__Name', value: 'caller' }
            { name: 'Agents__Keys__0__Sha256', secretRef: 'caller-key' }
            { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
          ]
          probes: [
            { type: 'Startup', httpGet: { path: '/readyz', port: 8080 }, periodSeconds: 10, failureThreshold: 30 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: 8080 } }
          ]
        }
      ]
      scale: { minReplicas: 0, maxReplicas: 1, rules: [{ name: 'http', http: { metadata: { concurrentRequests: '32' } } }] }
    }
  }
}

output functionApp string = isFlex ? app.name : ''
output address string = isFlex ? 'https://${app.properties.defaultHostName}/api' : 'https://${server.properties.configuration.ingress.fqdn}'
