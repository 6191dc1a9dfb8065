//! A network line between a desk and its backend that a test can cut, mend, or make lose every answer.

use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    Fair,
    /// Connections are closed, and new ones as soon as they are made.
    Cut,
    /// What is asked arrives; what is answered does not.
    AnswersLost,
}

/// Drop it and it is cut for good.
pub struct Line {
    address: SocketAddr,
    weather: watch::Sender<Weather>,
    task: JoinHandle<()>,
}

impl Line {
    /// To be called on a runtime of tokio.
    pub fn to(backend: SocketAddr) -> Line {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let listener = TcpListener::from_std(listener).unwrap();
        let address = listener.local_addr().unwrap();
        let (weather, seen) = watch::channel(Weather::Fair);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(carry(stream, backend, seen.clone()));
            }
        });
        Line { address, weather, task }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Connections that were made under another weather are closed.
    pub fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry(mut desk: TcpStream, backend: SocketAddr, mut seen: watch::Receiver<Weather>) {
    let weather = *seen.borrow_and_update();
    if weather == Weather::Cut {
        return;
    }
    let Ok(mut there) = TcpStream::connect(backend).await else {
        return;
    };
    let (mut from_desk, mut to_desk) = desk.split();
    let (mut from_there, mut to_there) = there.split();
    tokio::select! {
        _ = seen.changed() => {}
        _ = copy(&mut from_desk, &mut to_there) => {}
        () = async {
            let mut piece = [0; 4096];
            while let Ok(count @ 1..) = from_there.read(&mut piece).await {
                if weather == Weather::AnswersLost || to_desk.write_all(&piece[..count]).await.is_err() {
                    return;
                }
            }
        } => {}
    }
}
