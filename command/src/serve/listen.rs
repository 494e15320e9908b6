//! Connections, from the first to the end of the server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bioner::{Error, Result};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

use super::App;
use super::log::{self, Level};
use super::routes;

/// How long nothing is accepted after that has failed, for instance for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(100);

/// How long answers that are complete may take to be sent when the server ends.
const SENDING: Duration = Duration::from_secs(2);

/// Listens, and answers until a signal says to stop. What was begun by then is finished, within the time
/// that [`Stop`](super::stop::Stop) gives it; a second signal ends it at once.
pub async fn serve(address: SocketAddr, app: Arc<App>) -> Result<()> {
    let mut signals = Signals::new()?;
    let cannot = |e: std::io::Error| Error::Input(format!("cannot listen on {address}: {e}"));
    let listener = TcpListener::bind(address).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    let tell = |level, what: std::fmt::Arguments<'_>| log::line(app.level, level, what);
    if !address.ip().is_loopback() {
        tell(
            Level::Errors,
            format_args!(
                "warning: {address} can be reached from other machines, without encryption and \
                 without a password; see docs/serve.md"
            ),
        );
    }
    tell(Level::Errors, format_args!("listening on http://{address}/"));
    let graceful = GracefulShutdown::new();
    accept(&app, &listener, &graceful, &mut signals).await;
    drop(listener);
    app.stop.begin();
    tell(Level::Errors, format_args!("stopping; what was begun is finished"));
    let over = async {
        app.stop.over().await;
        tokio::time::sleep(SENDING).await;
    };
    tokio::select! {
        () = graceful.shutdown() => tell(Level::Errors, format_args!("stopped")),
        () = over => tell(Level::Errors, format_args!("stopped; not all was finished in time")),
        () = signals.next() => tell(Level::Errors, format_args!("stopped at once")),
    }
    Ok(())
}

/// Accepts connections until a signal comes.
async fn accept(
    app: &Arc<App>,
    listener: &TcpListener,
    graceful: &GracefulShutdown,
    signals: &mut Signals,
) {
    let service = TowerToHyperService::new(routes::router(app.clone()));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(app.limits.client_timeout);
    let most = app.limits.max_connections.clamp(1, Semaphore::MAX_PERMITS);
    let connections = Arc::new(Semaphore::new(most));
    loop {
        let next = async {
            let permit = connections.clone().acquire_owned().await;
            (listener.accept().await, permit)
        };
        let (accepted, permit) = tokio::select! {
            next = next => next,
            () = signals.next() => return,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                let what = format_args!("a connection was not accepted: {error}");
                log::line(app.level, Level::Errors, what);
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let connection = http.serve_connection(io(app, stream), service.clone());
        let connection = graceful.watch(connection);
        let level = app.level;
        tokio::spawn(async move {
            let _permit = permit;
            log::line(level, Level::Debug, format_args!("a connection is open"));
            let how = match connection.await {
                Ok(()) => "closed",
                Err(error) if error.is_timeout() => "closed, its client was too slow",
                Err(error) if error.is_parse() => "closed, it was no HTTP",
                Err(_) => "closed by its client",
            };
            log::line(level, Level::Debug, format_args!("a connection is {how}"));
        });
    }
}

/// A connection whose client has to take what is sent to it.
fn io(app: &App, stream: TcpStream) -> TokioIo<std::pin::Pin<Box<TimeoutStream<TcpStream>>>> {
    // Lines are sent as they are written.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(app.limits.client_timeout));
    TokioIo::new(Box::pin(stream))
}

/// The signals that end the server.
struct Signals {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

impl Signals {
    #[cfg(unix)]
    fn new() -> Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let signals = [signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?];
        Ok(Signals { signals })
    }

    #[cfg(not(unix))]
    fn new() -> Result<Self> {
        Ok(Signals {})
    }

    /// Waits for the next one.
    #[cfg(unix)]
    async fn next(&mut self) {
        let [terminate, interrupt] = &mut self.signals;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }

    #[cfg(not(unix))]
    async fn next(&mut self) {
        // Without a handler the system ends the process.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
