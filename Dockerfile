# docker build -t agents .
# docker run -p 8080:8080 -e AGENTS_SERVER_KEY -e OPENAI_API_KEY -v agents-state:/state agents --model small=openai:MODEL
# The server listens to other machines, so it does not start without a key: AGENTS_SERVER_KEY, or Agents__Keys / Agents__Entra.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
RUN dotnet publish hosts/Agents.Cli -p:PublishProfile=single-file --os linux -a "$TARGETARCH" -o /app \
    && mkdir /state

# Holds no shell and no package manager: what is not there cannot be run.
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
COPY --from=build /app /app
COPY --from=build --chown=$APP_UID:$APP_UID /state /state
USER $APP_UID
EXPOSE 8080
VOLUME /state
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/app/agents", "health", "--url", "http://127.0.0.1:8080"]
ENTRYPOINT ["/app/agents", "serve", "--urls", "http://0.0.0.0:8080", "--state", "/state"]
